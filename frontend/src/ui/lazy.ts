/** Pages that come with their words: a route's component and the catalog of its feature load together. */
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import { loadCatalogs } from '~/i18n/index.ts'

type Page = { default: RouteComponent }

/** `page('requests', () => import('~/features/requests/pages/list.tsx'))`; further catalogs for features shown inside. */
export function page(catalogs: string | readonly string[], load: () => Promise<Page>): RouteComponent {
  return lazyRouteComponent(async () => {
    const [found] = await Promise.all([load(), loadCatalogs(...[catalogs].flat())])
    return found
  })
}
