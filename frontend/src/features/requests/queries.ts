/** One request with its parts, and the steps that are taken with it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { DialogStep } from './steps.ts'

export type LersRequest = Schema<'RequestOut'>

const at = (id: string) => ({ params: { path: { request_id: id } } })

export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.one(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/', { ...at(id), signal })),
  })

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'timeline'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/timeline/', { ...at(id), signal })),
  })

export const slaQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'sla'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/sla/', { ...at(id), signal })),
  })

export const filesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'files'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/files/', { ...at(id), signal })),
  })

export const approvalsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'approvals'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/approvals/', { ...at(id), signal })),
  })

export const responsesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'responses'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/responses/', { ...at(id), signal })),
  })

export const participantsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'participants'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/participants/', { ...at(id), signal })),
  })

export const auditQuery = (id: string) =>
  queryOptions({
    queryKey: keys.audit.list({ request_id: id }),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/audit/', { params: { query: { request_id: id, limit: 200 } }, signal })),
  })

export const colleaguesQuery = queryOptions({
  queryKey: keys.colleagues,
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/colleagues/', { signal })),
})

/** The catalog item as it was when the request was made: its labels belong to the answers. */
export const askedItemQuery = (itemId: string, version: number) =>
  queryOptions({
    queryKey: [...keys.catalog.one(itemId), version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/catalog/{item_id}/versions/{number}/', {
          params: { path: { item_id: itemId, number: version } },
          signal,
        }),
      ),
  })

/** The values in clear. Each reading is written into the audit trail, so it is asked for and never kept. */
export const readIdentifiers = (id: string) => call(api.GET('/api/v1/lers/requests/{request_id}/identifiers/', at(id)))

export interface StepCall {
  id: string
  step: DialogStep
  /** The version that the user saw. */
  version: number
  body?: Record<string, unknown>
}

/** Take a step; refused with 412 or 409 when the request is not any more as it was seen. */
export async function takeStep({ id, step, version, body = {} }: StepCall): Promise<LersRequest | null> {
  const headers = { 'If-Match': ifMatch(version) }
  if (step === 'delete') {
    await call(api.DELETE('/api/v1/lers/requests/{request_id}/', { ...at(id), headers }))
    return null
  }
  const name = step.replaceAll('_', '-')
  // The paths of all steps differ in their last part alone and answer alike; each body is the form's of its step.
  const path = `/api/v1/lers/requests/{request_id}/${name}/` as '/api/v1/lers/requests/{request_id}/reject/'
  return call(
    api.POST(path, {
      ...at(id),
      headers: { ...headers, 'Idempotency-Key': idempotencyKey() },
      body: body as Schema<'RejectIn'>,
    }),
  )
}

export function useTakeStep() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: takeStep,
    onSuccess: async (request, { id }) => {
      if (request) {
        cache.setQueryData(keys.requests.one(id), request)
        await cache.invalidateQueries({ queryKey: keys.requests.all })
        return
      }
      // What is gone is not asked for again: the screen that still shows it leaves, and forgets it then.
      await cache.invalidateQueries({ queryKey: keys.requests.lists })
      await cache.invalidateQueries({ queryKey: keys.requests.counts })
    },
  })
}

export function useParticipants(id: string) {
  const cache = useQueryClient()
  // Letting somebody in or out makes a new version of the request itself.
  const settled = () => cache.invalidateQueries({ queryKey: keys.requests.one(id) })
  const add = useMutation({
    mutationFn: (userId: string) =>
      call(
        api.POST('/api/v1/lers/requests/{request_id}/participants/', {
          params: { path: { request_id: id }, header: { 'Idempotency-Key': idempotencyKey() } },
          body: { user_id: userId },
        }),
      ),
    onSettled: settled,
  })
  const remove = useMutation({
    mutationFn: (userId: string) =>
      call(
        api.DELETE('/api/v1/lers/requests/{request_id}/participants/{user_id}/', {
          params: { path: { request_id: id, user_id: userId } },
        }),
      ),
    onSettled: settled,
  })
  return { add, remove }
}

/** Make a draft of the same, for another case or another number. */
export function useCopyAsDraft() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ request, withIdentifiers }: { request: LersRequest; withIdentifiers: boolean }) => {
      const opened = withIdentifiers ? (await readIdentifiers(request.id)).items : []
      return call(
        api.POST('/api/v1/lers/requests/', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: {
            ...addressOf(request),
            ...contentOf(request),
            court_order_number: request.court_order_number,
            case_reference: request.case_reference,
            identifiers: opened.map(({ type, value, from, to, port, note }) => ({ type, value, from, to, port, note })),
          },
        }),
      )
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.requests.all }),
  })
}

export function useSaveAsTemplate() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ request, name, shared }: { request: LersRequest; name: string; shared: boolean }) =>
      call(
        api.POST('/api/v1/lers/templates/', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body: {
            name,
            is_shared: shared,
            ...addressOf(request),
            content: Object.fromEntries(Object.entries(contentOf(request)).filter(([, value]) => value !== null)),
          },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.templates.all }),
  })
}

/** Whom a request asks for what. A catalog item implies both. */
const addressOf = ({ catalog_item_id, provider_tenant_id, request_type }: LersRequest) =>
  catalog_item_id ? { catalog_item_id } : { provider_tenant_id, request_type }

/** What two requests of a kind share. Identifiers, files and the case itself are not among it. */
const contentOf = (request: LersRequest) => ({
  answers: request.answers ?? {},
  description: request.description ?? null,
  date_range_from: request.date_range_from ?? null,
  date_range_to: request.date_range_to ?? null,
  legal_mandate_type: (request.legal_mandate_type ?? null) as Schema<'RequestIn'>['legal_mandate_type'],
  priority: request.priority,
  notes: request.notes ?? null,
})
