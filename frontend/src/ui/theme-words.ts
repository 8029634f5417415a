/** The theme with the labels that Mantine's parts draw without a visible text, in the language of the screen. */
import type { I18n } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { type MantineThemeOverride, mergeThemeOverrides } from '@mantine/core'
import { theme } from './theme.ts'

export function localised(words: I18n): MantineThemeOverride {
  const close = { 'aria-label': words._(msg`Close`) }
  return mergeThemeOverrides(theme, {
    components: {
      Modal: { defaultProps: { closeButtonProps: close } },
      Drawer: { defaultProps: { closeButtonProps: close } },
      Alert: { defaultProps: { closeButtonLabel: words._(msg`Close`) } },
      CloseButton: { defaultProps: close },
      Notification: { defaultProps: { closeButtonProps: close } },
      PasswordInput: {
        defaultProps: { visibilityToggleButtonProps: { 'aria-label': words._(msg`Show or hide the password`) } },
      },
    },
  })
}
