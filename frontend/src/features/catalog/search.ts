/** What the catalog is narrowed by, as search parameters: a narrowed catalog is an address. */
import { oneOf, type Reader, type SearchOf, searchOf, text } from '~/domain/search.ts'

export const ITEM_SORTS = ['name', 'sla_turnaround_hours', 'actual_median_turnaround_hours', '-updated_at'] as const
export type ItemSort = (typeof ITEM_SORTS)[number]

/** Promises that officers look for, in hours. */
export const WITHIN = [4, 24, 72, 168] as const
export type Within = (typeof WITHIN)[number]

const within: Reader<Within> = (value) => WITHIN.find((each) => each === Number(value))
const flag: Reader<true> = (value) => (value === true || value === 'true' ? true : undefined)

export const catalogSearch = searchOf({
  q: text,
  provider: text,
  category: text,
  type: text,
  within,
  featured: flag,
  sort: oneOf(ITEM_SORTS),
})
export type CatalogSearch = SearchOf<typeof catalogSearch>

/** What a new item begins from: a copy of another, or one of the starters. */
export const editorSearch = searchOf({ from: text, starter: text })
export type EditorSearch = SearchOf<typeof editorSearch>
