/** The list's state as search parameters: a saved view is an address. */
import * as z from 'zod/mini'
import { PRIORITIES, STATUSES } from '~/domain/status.ts'

const text = z.catch(z.optional(z.string()), undefined)
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.catch(z.optional(z.enum(values)), undefined)

export const SORTS = [
  'sla_due_date',
  'created_at',
  'updated_at',
  'submitted_at',
  'priority',
  'status',
  'request_number',
] as const
export const CLOCKS = ['breached', 'due_soon', 'on_track', 'paused'] as const

/** What the API narrows lists by, under the API's names. */
const filters = {
  status: z.catch(z.optional(z.array(z.enum(STATUSES))), undefined),
  priority: oneOf(PRIORITIES),
  provider_tenant_id: text,
  agency_tenant_id: text,
  request_type: text,
  catalog_item_id: text,
  /** A person's id, or `me`. */
  created_by: text,
  /** A colleague's id, `me`, or `unassigned`. */
  assigned_to: text,
  sla: oneOf(CLOCKS),
  clarification: oneOf(['open', 'answered']),
  sent_back: z.catch(z.optional(z.boolean()), undefined),
  created_from: text,
  created_to: text,
  submitted_from: text,
  submitted_to: text,
  due_from: text,
  due_to: text,
  completed_from: text,
  completed_to: text,
  q: text,
}

const requestFilters = z.object(filters)
export type RequestFilters = z.infer<typeof requestFilters>

export const requestListSearch = z.object({
  ...filters,
  sort: z.catch(z.optional(z.string().check(z.regex(new RegExp(`^-?(?:${SORTS.join('|')})$`)))), undefined),
  /** `all`: no filter at all. Without filters and without this the list shows what has not ended. */
  view: oneOf(['all']),
})
export type RequestListSearch = z.infer<typeof requestListSearch>

/** Which part of a request is open. */
export const requestDetailSearch = z.object({ tab: text })
