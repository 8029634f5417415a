/** The routes of the law-enforcement portal. Each page loads with the words of its feature. */
import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { peopleSearch, tenantsSearch } from '~/features/admin/search.ts'
import { catalogSearch } from '~/features/catalog/search.ts'
import { requestDetailSearch, requestListSearch } from '~/features/requests/search.ts'
import { templateSearch } from '~/features/templates/search.ts'
import { startSearch, wizardSearch } from '~/features/wizard/search.ts'
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
    page(['dashboard', 'lists'], () => import('~/features/dashboard/pages/enforcement.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/requests',
    validateSearch: requestListSearch,
    component: page('lists', () => import('~/features/requests/pages/list.tsx')),
    errorComponent: RouteError,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/new',
    validateSearch: startSearch,
    component: page(['wizard', 'catalog', 'templates'], () => import('~/features/wizard/pages/start.tsx')),
    errorComponent: RouteError,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$requestId',
    validateSearch: requestDetailSearch,
    component: page(['requests', 'chat', 'files'], () => import('~/features/requests/pages/detail.tsx')),
    errorComponent: RouteError,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/requests/$requestId/edit',
    validateSearch: wizardSearch,
    component: page(['wizard', 'files'], () => import('~/features/wizard/pages/wizard.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/requests/$requestId/print',
    page(['requests', 'approvals'], () => import('~/features/requests/pages/print.tsx')),
  ),
  at(
    '/requests/$requestId/certificate',
    page('approvals', () => import('~/features/approvals/pages/certificate.tsx')),
  ),
  at(
    '/approvals',
    page(['approvals', 'files', 'keys', 'requests'], () => import('~/features/approvals/pages/inbox.tsx')),
  ),
  at(
    '/approvals/$requestId',
    page(['approvals', 'files', 'keys', 'requests'], () => import('~/features/approvals/pages/inbox.tsx')),
  ),
  at(
    '/responses',
    page('review', () => import('~/features/review/pages/list.tsx')),
  ),
  at(
    '/responses/$responseId',
    page(['review', 'files', 'keys'], () => import('~/features/review/pages/review.tsx')),
  ),
  at(
    '/responses/$responseId/receipt',
    page('review', () => import('~/features/review/pages/receipt.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/catalog',
    validateSearch: catalogSearch,
    component: page('catalog', () => import('~/features/catalog/pages/browse.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/catalog/$itemId',
    page(['catalog', 'files'], () => import('~/features/catalog/pages/item.tsx')),
  ),
  at(
    '/providers',
    page('profile', () => import('~/features/profile/pages/providers.tsx')),
  ),
  at(
    '/providers/$tenantId',
    page(['profile', 'catalog'], () => import('~/features/profile/pages/provider.tsx')),
  ),
  at(
    '/templates',
    page('templates', () => import('~/features/templates/pages/list.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/templates/$templateId',
    validateSearch: templateSearch,
    component: page(['templates', 'catalog', 'wizard'], () => import('~/features/templates/pages/editor.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/analytics',
    page('metrics', () => import('~/features/metrics/pages/enforcement.tsx')),
  ),
  at(
    '/notifications',
    page('notifications', () => import('~/features/notifications/pages/list.tsx')),
  ),
  at(
    '/audit',
    page('audit', () => import('~/features/audit/pages/trail.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/team',
    validateSearch: peopleSearch,
    component: page('admin', () => import('~/features/admin/pages/team.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/settings',
    page(['settings', 'keys', 'approvals'], () => import('~/features/settings/pages/settings.tsx')),
  ),
  at(
    '/settings/$section',
    page(['settings', 'keys', 'approvals'], () => import('~/features/settings/pages/settings.tsx')),
  ),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/tenants',
    validateSearch: tenantsSearch,
    component: page('admin', () => import('~/features/admin/pages/tenants.tsx')),
    errorComponent: RouteError,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/users',
    validateSearch: peopleSearch,
    component: page('admin', () => import('~/features/admin/pages/users.tsx')),
    errorComponent: RouteError,
  }),
  at(
    '/admin/authority',
    page('admin', () => import('~/features/admin/pages/authority.tsx')),
  ),
  at(
    '/admin/break-glass',
    page('admin', () => import('~/features/admin/pages/break-glass.tsx')),
  ),
  at(
    '/admin/health',
    page('admin', () => import('~/features/admin/pages/health.tsx')),
  ),
  at(
    '/admin/jobs',
    page('admin', () => import('~/features/admin/pages/jobs.tsx')),
  ),
  // Shown by the root itself, to visitors without a session.
  createRoute({ getParentRoute: () => root, path: '/invitation', component: () => null }),
])

export const router = createRouter({
  routeTree,
  basepath: '/le',
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultStructuralSharing: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
