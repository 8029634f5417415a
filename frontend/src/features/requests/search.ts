/** The list's state as search parameters: a saved view is an address. */
import { oneOf, type Reader, type SearchOf, searchOf, someOf, text } from '~/domain/search.ts'
import { PRIORITIES, STATUSES } from '~/domain/status.ts'

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
  status: someOf(STATUSES),
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
  sent_back: ((value) => (typeof value === 'boolean' ? value : undefined)) as Reader<boolean>,
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

const SORT = new RegExp(`^-?(?:${SORTS.join('|')})$`)
const sort: Reader<string> = (value) => (typeof value === 'string' && SORT.test(value) ? value : undefined)

const requestFilters = searchOf(filters)
export type RequestFilters = SearchOf<typeof requestFilters>

export const requestListSearch = searchOf({
  ...filters,
  sort,
  /** `all`: no filter at all. Without filters and without this the list shows what has not ended. */
  view: oneOf(['all']),
})
export type RequestListSearch = SearchOf<typeof requestListSearch>

/** Which part of a request is open. */
export const requestDetailSearch = searchOf({ tab: text })
