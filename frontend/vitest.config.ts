import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { linguiMacro } from './tools/vite/lingui-macro.ts'

const alias = { '~': fileURLToPath(new URL('src', import.meta.url)) }

export default defineConfig({
  plugins: [linguiMacro(), react()],
  resolve: { alias },
  test: {
    // `*.test.ts` is plain logic and runs in Node.js; `*.test.tsx` draws, and has a document.
    projects: [
      {
        extends: true,
        test: { name: 'logic', environment: 'node', include: ['src/**/*.test.ts', 'tools/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
        },
      },
    ],
    reporters: ['default', './tools/vitest-counts.ts'],
  },
})
