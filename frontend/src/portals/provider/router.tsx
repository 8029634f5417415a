/** The routes of the provider portal. Each page loads with the words of its feature. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { peopleSearch } from '~/features/admin/search.ts'
import { editorSearch } from '~/features/catalog/search.ts'
import { requestDetailSearch, requestListSearch } from '~/features/requests/search.ts'
import { page } from '~/ui/lazy.ts'
import { PortalRoot } from '~/ui/shell/PortalRoot.tsx'
import { NotFound, RouteError } from '~/ui/shell/RouteStates.tsx'
import { portal } from './portal.ts'

const root = createRootRoute({
  component: () => <PortalRoot portal={portal} />,
  notFoundComponent: NotFound,
  errorComponent: RouteError,
})
const at = <Path extends string>(path: Path, component: ReturnType<typeof page>) =>
  createRoute({ getParentRoute: () => root, path, component, errorComponent: RouteError })

const routeTree = root.addChildren([
  at(
    '/',
    page(['dashboard', 'lists'], () => import('~/features/dashboard/pages/provider.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/inbox',
    validateSearch: requestListSearch,
    component: page('lists', () => import('~/features/requests/pages/inbox.tsx')),
    errorComponent: RouteError,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$requestId',
    validateSearch: requestDetailSearch,
    component: page(['requests', 'chat', 'files'], () => import('~/features/requests/pages/detail.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/requests/$requestId/respond',
    page(['responses', 'files', 'keys', 'review'], () => import('~/features/responses/pages/respond.tsx')),
  ),
  at(
    '/requests/$requestId/print',
    page(['requests', 'approvals'], () => import('~/features/requests/pages/print.tsx')),
  ),
  at(
    '/catalog',
    page('catalog', () => import('~/features/catalog/pages/manage.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/catalog/$itemId',
    validateSearch: editorSearch,
    component: page(['catalog', 'wizard', 'files'], () => import('~/features/catalog/pages/editor.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/profile',
    page('profile', () => import('~/features/profile/pages/edit.tsx')),
  ),
  at(
    '/metrics',
    page('metrics', () => import('~/features/metrics/pages/provider.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/team',
    validateSearch: peopleSearch,
    component: page('admin', () => import('~/features/admin/pages/team.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/notifications',
    page('notifications', () => import('~/features/notifications/pages/list.tsx')),
  ),
  at(
    '/audit',
    page('audit', () => import('~/features/audit/pages/trail.tsx')),
  ),
  at(
    '/settings',
    page(['settings', 'keys', 'approvals'], () => import('~/features/settings/pages/settings.tsx')),
  ),
  at(
    '/settings/$section',
    page(['settings', 'keys', 'approvals'], () => import('~/features/settings/pages/settings.tsx')),
  ),
  // Shown by the root itself, to visitors without a session.
  createRoute({ getParentRoute: () => root, path: '/invitation', component: () => null }),
])

export const router = createRouter({
  routeTree,
  basepath: '/provider',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultStructuralSharing: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
