/** What stands around every screen: words and theme. The cache of answers comes with the first signed-in screen. */

import { i18n } from '@lingui/core'
import { I18nProvider, useLingui } from '@lingui/react'
import { localStorageColorSchemeManager, MantineProvider, type MantineThemeOverride } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { localised } from './theme-words.ts'

const schemes = localStorageColorSchemeManager({ key: 'lers-scheme' })

export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18nProvider i18n={i18n}>
      <Themed>{children}</Themed>
    </I18nProvider>
  )
}

function Themed({ children }: { children: ReactNode }) {
  const { i18n: words } = useLingui()
  const theme: MantineThemeOverride = useMemo(() => localised(words), [words, words.locale])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemes}
      // Both would be written into a style element, which the content security policy refuses: they are in files.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  )
}
