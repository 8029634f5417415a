/** Runs Lingui's macros through Babel: plugin-react 6 has no Babel of its own, and only files with a macro need it. */
import { transformAsync } from '@babel/core'
import type { Plugin } from 'vite'

const MACRO = /from ['"]@lingui\/(core|react)\/macro['"]/

export function linguiMacro(): Plugin {
  return {
    name: 'lers:lingui-macro',
    enforce: 'pre',
    async transform(code, id) {
      const [path = id] = id.split('?')
      if (!/\.tsx?$/.test(path) || !MACRO.test(code)) return null
      const done = await transformAsync(code, {
        filename: path,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', ...(path.endsWith('x') ? (['jsx'] as const) : [])] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      })
      return done?.code ? { code: done.code, map: done.map } : null
    },
  }
}
