/** The page at `/`: a visitor chooses a portal. Small on purpose: no component library, no session. */
import '~/ui/start.css'
import '~/ui/tokens.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import { readPublicConfig } from '~/api/public-config.ts'
import { activate, loadCatalogs, registerCatalogs, storedLanguage } from '~/i18n/catalogs.ts'
import { Chooser } from './Chooser.tsx'

const CONFIG_MS = 2000

async function open(): Promise<void> {
  registerCatalogs({
    'chooser/locales/en.po': () => import('./locales/en.po'),
    'chooser/locales/hi.po': () => import('./locales/hi.po'),
  })
  // Drawn without it, the page would move when the answer comes; without an answer in time the doors still open.
  const config = readPublicConfig(AbortSignal.timeout(CONFIG_MS)).catch(() => undefined)
  await activate(storedLanguage())
  await loadCatalogs('chooser', 'i18n')
  await config
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <I18nProvider i18n={i18n}>
      <Chooser />
    </I18nProvider>,
  )
}

void open()
