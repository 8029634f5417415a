/** Answers a portal's deep links with the portal's page in development, as Flask and nginx do. */
import type { Plugin } from 'vite'

export function portalFallback(): Plugin {
  return {
    name: 'lers:portal-fallback',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const [path = '/'] = (request.url ?? '/').split('?')
        const portal = /^\/(le|provider)(\/|$)/.exec(path)?.[1]
        const page = !path.includes('.') && (request.headers.accept ?? '').includes('text/html')
        if (portal && page) request.url = `/${portal}/index.html`
        next()
      })
    },
  }
}
