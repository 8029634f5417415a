import { fileURLToPath } from 'node:url'
import { lingui } from '@lingui/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { linguiMacro } from './tools/vite/lingui-macro.ts'
import { portalFallback } from './tools/vite/portal-fallback.ts'
import { themeVariables } from './tools/vite/theme-variables.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
// The development server answers as Flask does: the API of a running LERS stands behind the same origin.
const api = process.env.LERS_API_URL ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [themeVariables(), linguiMacro(), lingui({ failOnCompileError: true }), react(), portalFallback()],
  server: {
    port: 5173,
    strictPort: true,
    watch: { ignored: ['**/.build/**', '**/dist/**', '**/dist.new/**', '**/screenshots/**'] },
    proxy: { '/api': { target: api, changeOrigin: true }, '/ops': api, '/readyz': api, '/healthz': api },
  },
  build: {
    target: 'es2022',
    // Lightning CSS rewrites light-dark() for older targets, and every such colour is lost (no error is told).
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // An inlined asset is a data: URI, which the content security policy refuses.
    assetsInlineLimit: 0,
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { chooser: at('index.html'), le: at('le/index.html'), provider: at('provider/index.html') },
      // What every screen of a portal needs of these comes in one file each: a browser asks for six files at a time.
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            { name: 'router', test: /@tanstack[\\/](?:react-router|router-core|history|react-store|store)[\\/]/ },
          ],
        },
      },
    },
  },
  // The same entry for tests and builds: see vitest.config.ts.
  resolve: { alias: { '~': at('src') } },
})
