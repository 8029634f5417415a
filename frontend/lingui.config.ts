import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

const src = fileURLToPath(new URL('./src', import.meta.url))
const folders = (parent: string) => (existsSync(`${src}/${parent}`) ? readdirSync(`${src}/${parent}`) : [])

// The lists of requests have words of their own, apart from those of one request: they are the first screen of most
// days. Both have the words of the steps.
const requests = `${src}/features/requests`
const files = readdirSync(requests, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
const isList = (name: string) =>
  /(^|\/)(list-|List|RequestList|Bulk|SaveView|use-request-list)|pages\/(list|inbox)\.tsx$/.test(name)
const isStep = (name: string) =>
  /(^|\/)(steps|action-words|step-form|NextStep|StepFields|ActionDialog|DraftProblems|use-request-actions)\./.test(name)
const inRequests = (wanted: (name: string) => boolean) => files.filter(wanted).map((name) => `${requests}/${name}`)

// One catalog a feature and portal, loaded with its code: nobody fetches the words of screens that are not open.
const own = ['features', 'portals'].flatMap((parent) =>
  folders(parent).map((name) => ({
    path: `<rootDir>/src/${parent}/${name}/locales/{locale}`,
    include: [`<rootDir>/src/${parent}/${name}`],
    exclude: parent === 'features' && name === 'requests' ? inRequests(isList) : [],
  })),
)

// The words of the sign-in and the frame come first, and few; all other shared words with the first screen.
const SIGN_IN = ['shell', 'theme-words.ts', 'Forms.tsx'].map((name) => `<rootDir>/src/ui/${name}`)

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'hi'],
  pseudoLocale: 'pseudo',
  fallbackLocales: { pseudo: 'en' },
  catalogs: [
    ...own,
    {
      path: '<rootDir>/src/features/requests/lists/locales/{locale}',
      include: inRequests((name) => isList(name) || isStep(name)),
    },
    { path: '<rootDir>/src/ui/shell/locales/{locale}', include: SIGN_IN },
    {
      path: '<rootDir>/src/i18n/locales/{locale}',
      include: ['ui', 'charts', 'api', 'auth', 'crypto', 'realtime', 'i18n', 'domain'].map(
        (name) => `<rootDir>/src/${name}`,
      ),
      exclude: SIGN_IN,
    },
  ],
  compileNamespace: 'es',
  format: formatter({ lineNumbers: false, origins: false }),
})
