export { activate, LANGUAGES, type Language, loadCatalogs, registerCatalogs, storedLanguage } from './catalogs.ts'
export * from './format.ts'
export { type TermKind, term, terms, useTerm } from './terms.ts'
