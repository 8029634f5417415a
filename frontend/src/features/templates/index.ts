/** What other parts may use of templates. */
export { type Template, templatesQuery } from './queries.ts'
