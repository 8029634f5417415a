/** The list's state as search parameters: a saved view is an address. */
import * as z from 'zod/mini'
import { PRIORITIES, STATUSES } from '~/domain/status.ts'

const text = z.catch(z.optional(z.string()), undefined)

export const requestListSearch = z.object({
  status: z.catch(z.optional(z.array(z.enum(STATUSES))), undefined),
  priority: z.catch(z.optional(z.enum(PRIORITIES)), undefined),
  provider_tenant_id: text,
  request_type: text,
  assigned_to: text,
  sla: z.catch(z.optional(z.enum(['due_soon', 'breached'])), undefined),
  created_from: text,
  created_to: text,
  q: text,
  sort: text,
  /** The saved view that this is, by its name. */
  view: text,
})
export type RequestListSearch = z.infer<typeof requestListSearch>

/** Which part of a request is open. */
export const requestDetailSearch = z.object({ tab: text })
