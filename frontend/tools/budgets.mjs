/**
 * Holds the build to its budgets: gzip bytes of what a route loads first, from the manifest of the build; and the fence
 * between the portals. Prints a table; exits 1 when one figure is past its budget.
 */
import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const KB = 1000
const manifest = JSON.parse(readFileSync(`${DIST}/.vite/manifest.json`, 'utf8'))
const gz = new Map()

function weigh(file) {
  if (!gz.has(file)) gz.set(file, gzipSync(readFileSync(`${DIST}/${file}`), { level: 9 }).length)
  return gz.get(file)
}

/** All chunks that load when this one does: itself and what it imports, not what it may import later. */
function closure(keys) {
  const seen = new Set()
  const walk = (key) => {
    if (seen.has(key) || !manifest[key]) return
    seen.add(key)
    for (const next of manifest[key].imports ?? []) walk(next)
  }
  keys.forEach(walk)
  return seen
}

function reachable(key) {
  const seen = new Set()
  const walk = (each) => {
    if (seen.has(each) || !manifest[each]) return
    seen.add(each)
    for (const next of [...(manifest[each].imports ?? []), ...(manifest[each].dynamicImports ?? [])]) walk(next)
  }
  walk(key)
  return seen
}

const files = (keys, list) => new Set([...keys].flatMap((key) => list(manifest[key])))
const sum = (found) => [...found].reduce((total, file) => total + weigh(file), 0)

function measure(keys) {
  const chunks = closure(keys)
  return {
    js: sum(files(chunks, (chunk) => [chunk.file].filter((file) => file.endsWith('.js')))),
    css: sum(files(chunks, (chunk) => chunk.css ?? [])),
  }
}

const WORDS = (name) => `src/features/${name === 'lists' ? 'requests/lists' : name}/locales/en.po`
const SIGNED_IN = ['src/ui/shell/Shell.tsx', 'src/i18n/locales/en.po']
const shared = (portal) => [`src/portals/${portal}/locales/en.po`, 'src/ui/shell/locales/en.po']

/** The routes and the catalogs that each loads, as the routers have them. */
function routesOf(portal) {
  const text = readFileSync(fileURLToPath(new URL(`../src/portals/${portal}/router.tsx`, import.meta.url)), 'utf8')
  const found = text.matchAll(/page\(\s*(\[[^\]]*\]|'[^']*'),\s*\(\)\s*=>\s*import\('~\/([^']+)'\)/g)
  return [...found].map(([, names, path]) => ({
    page: `src/${path}`,
    catalogs: [...names.matchAll(/'([^']+)'/g)].map((match) => match[1]),
  }))
}

const BUDGETS = [
  [/dashboard\/pages\/provider/, 215],
  [/requests\/pages\/list/, 235],
  [/requests\/pages\/detail/, 245],
]
const OTHER_PAGE = 260
const rows = []
const add = (name, value, budget) => rows.push({ name, value, budget, over: value > budget * KB })

for (const [portal, entry] of [
  ['enforcement', 'le/index.html'],
  ['provider', 'provider/index.html'],
]) {
  const login = measure([entry, 'src/ui/shell/SignIn.tsx', ...shared(portal)])
  add(`${portal}: sign-in, JS`, login.js, 160)
  for (const { page, catalogs } of routesOf(portal)) {
    const found = measure([entry, ...SIGNED_IN, ...shared(portal), page, ...catalogs.map(WORDS)])
    const budget = BUDGETS.find(([match]) => match.test(page))?.[1] ?? OTHER_PAGE
    add(`${portal}: ${page.replace('src/features/', '')}, JS`, found.js, budget)
    add(`${portal}: ${page.replace('src/features/', '')}, CSS`, found.css, 32)
  }
}
add(
  'chooser, JS',
  measure(['index.html', 'src/ui/shell/locales/en.po', 'src/i18n/locales/en.po', 'src/portals/chooser/locales/en.po'])
    .js,
  90,
)

const fonts = Object.values(manifest).filter((chunk) => chunk.file?.endsWith('.woff2'))
const font = (name) =>
  fonts
    .filter((chunk) => chunk.src?.includes(name))
    .reduce((total, chunk) => total + statSync(`${DIST}/${chunk.file}`).size, 0)
add('fonts of an English page', font('inter-latin-wght'), 50)
add('fonts of a Hindi page', font('inter-latin-wght') + font('noto-sans-devanagari-devanagari-wght'), 175)

const crossings = [
  ['le/index.html', 'src/portals/provider/'],
  ['provider/index.html', 'src/portals/enforcement/'],
].flatMap(([entry, foreign]) =>
  [...reachable(entry)].filter((key) => key.startsWith(foreign)).map((key) => `${entry} reaches ${key}`),
)

const quiet = process.argv.includes('--failures')
for (const { name, value, budget, over } of rows) {
  if (over || !quiet)
    console.log(
      `${over ? 'OVER' : '  ok'}  ${(value / KB).toFixed(1).padStart(7)} KB of ${String(budget).padStart(4)}  ${name}`,
    )
}
for (const crossing of crossings) console.log(`OVER  ${crossing}`)
const failed = rows.filter((row) => row.over).length + crossings.length
console.log(`\n${rows.length + 2 - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
