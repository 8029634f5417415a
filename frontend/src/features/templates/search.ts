/** What a new template begins from: an item of the catalog, or a request that was made before. */
import { type SearchOf, searchOf, text } from '~/domain/search.ts'

export const templateSearch = searchOf({ item: text, request: text })
export type TemplateSearch = SearchOf<typeof templateSearch>
