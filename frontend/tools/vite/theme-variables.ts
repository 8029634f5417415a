/**
 * Serves `virtual:theme-variables.css`: Mantine's CSS variables as a file. At run time Mantine would write them into a
 * style element, which the content security policy refuses.
 */
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from '../../src/ui/theme.ts'

const NAME = 'virtual:theme-variables.css'
const RESOLVED = `\0${NAME}`

export function themeVariables(): Plugin {
  return {
    name: 'lers:theme-variables',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))
      return `@layer mantine {\n${convertCssVariables(variables, ':root')}\n}`
    },
  }
}
