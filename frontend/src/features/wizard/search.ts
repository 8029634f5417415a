/** Where one stands in making a request, as search parameters. */
import { oneOf, type SearchOf, searchOf, text } from '~/domain/search.ts'

export const WAYS = ['catalog', 'template', 'copy', 'free'] as const
export type Way = (typeof WAYS)[number]
export const STEPS = ['what', 'identifiers', 'period', 'mandate', 'check'] as const
export type Step = (typeof STEPS)[number]

/** What a request begins from; with one of the ids the choice is made and only to be confirmed. */
export const startSearch = searchOf({
  from: oneOf(WAYS),
  item: text,
  template: text,
  copy: text,
  q: text,
})
export type StartSearch = SearchOf<typeof startSearch>

export const wizardSearch = searchOf({ step: oneOf(STEPS) })
