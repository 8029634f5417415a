/** Where one stands in making a request, as search parameters. */
import * as z from 'zod/mini'

const text = z.catch(z.optional(z.string()), undefined)

export const WAYS = ['catalog', 'template', 'copy', 'free'] as const
export type Way = (typeof WAYS)[number]
export const STEPS = ['what', 'identifiers', 'period', 'mandate', 'check'] as const
export type Step = (typeof STEPS)[number]

/** What a request begins from; with one of the ids the choice is made and only to be confirmed. */
export const startSearch = z.object({
  from: z.catch(z.optional(z.enum(WAYS)), undefined),
  item: text,
  template: text,
  copy: text,
  q: text,
})
export type StartSearch = z.infer<typeof startSearch>

export const wizardSearch = z.object({ step: z.catch(z.optional(z.enum(STEPS)), undefined) })
