/** Loads the words of a feature with its code, and of all loaded features again when the language changes. */
import { i18n, type Messages } from '@lingui/core'

export type Language = 'en' | 'hi'
export const LANGUAGES: Record<Language, string> = { en: 'English', hi: 'हिन्दी' }

type Loader = () => Promise<unknown>
type Loaders = Record<string, Loader>

const KEY = 'lers-language'
const loaders = new Map<string, Loader>()
const wanted = new Set<string>()

/** Make catalogs known: paths end in `/<name>/locales/<language>.po`. */
export function registerCatalogs(found: Loaders): void {
  for (const [path, load] of Object.entries(found)) {
    const match = /([^/]+)\/locales\/([^/]+)\.po$/.exec(path)
    // This folder's own catalogs come as `./locales/…`, without the folder's name.
    if (match) loaders.set(`${match[1] === '.' ? 'i18n' : match[1]}/${match[2]}`, load)
  }
}

registerCatalogs(import.meta.glob(['../i18n/locales/*.po', '../ui/shell/locales/*.po', '../features/**/locales/*.po']))

async function read(name: string, language: string): Promise<Messages> {
  const load = loaders.get(`${name}/${language}`)
  if (!load) return {}
  return ((await load()) as { messages: Messages }).messages
}

/** Load the catalogs of these names in the language that is active. Call before their components render. */
export async function loadCatalogs(...names: string[]): Promise<void> {
  const language = i18n.locale || storedLanguage()
  for (const name of names) wanted.add(name)
  await Promise.all(names.map((name) => loadOnce(name, language)))
}

const loading = new Map<string, Promise<void>>()

/** Two routes may want one catalog at the same time: both wait for the same words. */
function loadOnce(name: string, language: string): Promise<void> {
  const key = `${name}/${language}`
  let found = loading.get(key)
  if (!found) {
    found = read(name, language).then(
      (messages) => i18n.load(language, messages),
      (error: unknown) => {
        loading.delete(key)
        throw error
      },
    )
    loading.set(key, found)
  }
  return found
}

/** Show everything that is loaded in another language, and remember the choice on this device. */
export async function activate(language: Language): Promise<void> {
  wanted.add('shell')
  await Promise.all([...wanted].map((name) => loadOnce(name, language)))
  i18n.activate(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The language that boot.js chose before the first paint. */
export function storedLanguage(): Language {
  return document.documentElement.lang === 'hi' ? 'hi' : 'en'
}
