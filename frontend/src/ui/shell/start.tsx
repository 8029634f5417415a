/** Starts a portal: the words first, then the session of the cookie, then the first screen. */
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { resume } from '~/auth/index.ts'
import { activate, loadCatalogs, registerCatalogs, storedLanguage } from '~/i18n/index.ts'
import { Providers } from '../Providers.tsx'

export function start(router: AnyRouter, catalogs: Record<string, () => Promise<unknown>>, portal: string): void {
  registerCatalogs(
    Object.fromEntries(Object.entries(catalogs).map(([path, load]) => [path.replace('./', `${portal}/`), load])),
  )
  void open(router, portal)
}

async function open(router: AnyRouter, portal: string): Promise<void> {
  const session = resume()
  await activate(storedLanguage())
  await loadCatalogs(portal)
  await session
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  )
}
