/** Starts a portal: the words first, then the session of the cookie, then the first screen. What comes next is fetched meanwhile. */
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { readPublicConfig } from '~/api/index.ts'
import { mayResume, resume, sessionState } from '~/auth/index.ts'
import { activate, loadCatalogs, registerCatalogs, storedLanguage } from '~/i18n/index.ts'
import { Providers } from '../Providers.tsx'

const CONFIG_MS = 2000

export function start(router: AnyRouter, catalogs: Record<string, () => Promise<unknown>>, portal: string): void {
  registerCatalogs(
    Object.fromEntries(Object.entries(catalogs).map(([path, load]) => [path.replace('./', `${portal}/`), load])),
  )
  void open(router, portal)
}

async function open(router: AnyRouter, portal: string): Promise<void> {
  const session = resume()
  loadFonts()
  // Without an answer in time there is no demo to show, and the form tells what is wrong when it is sent.
  const config = readPublicConfig(AbortSignal.timeout(CONFIG_MS)).catch(() => undefined)
  await activate(storedLanguage())
  const words = loadCatalogs(portal)
  if (mayResume()) {
    void import('./Shell.tsx')
    void router.load()
  }
  await words
  await session
  // The sign-in shows what is in it: drawn without, it would move when the answer comes.
  if (sessionState().status === 'out') await config
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <Providers>
      <RouterProvider router={router} />
    </Providers>,
  )
}

/** A browser fetches a font when it first draws with it, and then draws once more: this is sooner. */
function loadFonts(): void {
  void document.fonts.load("1em 'Inter Variable'")
  if (document.documentElement.lang === 'hi') void document.fonts.load("1em 'Noto Sans Devanagari Variable'", 'अ')
}
