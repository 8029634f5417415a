/** The page at `/`: a visitor chooses a portal. Small on purpose: no component library, no session. */
import '~/ui/start.css'
import '~/ui/tokens.css'
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createRoot } from 'react-dom/client'
import { activate, loadCatalogs, registerCatalogs, storedLanguage } from '~/i18n/catalogs.ts'
import { Chooser } from './Chooser.tsx'

async function open(): Promise<void> {
  registerCatalogs({
    'chooser/locales/en.po': () => import('./locales/en.po'),
    'chooser/locales/hi.po': () => import('./locales/hi.po'),
  })
  await activate(storedLanguage())
  await loadCatalogs('chooser', 'i18n')
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no #root')
  createRoot(place).render(
    <I18nProvider i18n={i18n}>
      <Chooser />
    </I18nProvider>,
  )
}

void open()
