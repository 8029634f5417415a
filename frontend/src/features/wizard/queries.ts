/** Drafts and what they are made from. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { Identifier } from '~/domain/identifiers.ts'
import { copyOf, type DraftOut, type DraftPatch, isAadhaarRemainder } from './draft.ts'

export type CatalogItem = Schema<'CatalogItemOut'>
export type Template = Schema<'TemplateOut'>
/** What a request is measured by: the item as it is, or as it was when the draft began. */
export type Terms = Omit<Schema<'CatalogVersionOut'>, 'item_id' | 'created_at'> &
  Partial<Pick<CatalogItem, 'actual_median_turnaround_hours' | 'total_requests_fulfilled'>>

const at = (id: string) => ({ params: { path: { request_id: id } } })

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.one(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/', { ...at(id), signal })),
  })

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: keys.catalog.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/catalog/{item_id}/', { params: { path: { item_id: id } }, signal })),
  })

/** The terms that a draft began with. The item itself says more (how long it really takes), while it is the same. */
export const termsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: [...keys.catalog.one(id), 'terms', version],
    queryFn: async ({ signal, client }): Promise<Terms> => {
      const item = await client.fetchQuery(itemQuery(id)).catch(() => null)
      if (item?.version === version) return item
      return call(
        api.GET('/api/v1/lers/catalog/{item_id}/versions/{number}/', {
          params: { path: { item_id: id, number: version } },
          signal,
        }),
      )
    },
  })

export interface CatalogFilters {
  q?: string
  provider?: string
}

export const catalogPages = ({ q, provider }: CatalogFilters) =>
  infiniteQueryOptions({
    queryKey: keys.catalog.list({ q, provider, sort: 'name' }),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/v1/lers/catalog/', {
          params: {
            query: {
              limit: 100,
              ...(q && { q }),
              ...(provider && { provider_tenant_id: provider }),
              cursor: pageParam,
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })

export const providersQuery = queryOptions({
  queryKey: keys.providers.list({}),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/', { params: { query: { limit: 200 } }, signal })),
})

export const templatesQuery = queryOptions({
  queryKey: keys.templates.list({ all: true }),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/templates/', { params: { query: { limit: 200 } }, signal })),
})

export const templateQuery = (id: string) =>
  queryOptions({
    queryKey: keys.templates.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/templates/{template_id}/', { params: { path: { template_id: id } }, signal })),
  })

/** Own and shared requests to copy from, by the words of their number, description or court order. */
export const earlierQuery = (q: string) =>
  queryOptions({
    queryKey: keys.requests.list({ q, for: 'copy' }),
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/requests/', {
          params: { query: { limit: 20, sort: '-created_at', ...(q && { q }) } },
          signal,
        }),
      ),
  })

export const approvalsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.part(id, 'approvals'),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/{request_id}/approvals/', { ...at(id), signal })),
  })

/** The values in clear: each reading is written into the audit trail, so this is asked for and never cached. */
export async function readIdentifiers(id: string): Promise<Identifier[]> {
  const { items } = await call(api.GET('/api/v1/lers/requests/{request_id}/identifiers/', at(id)))
  return items.map(({ type, value, from, to, port, note }) => ({ type, value, from, to, port, note }))
}

export const saveDraft = (id: string, version: number, patch: DraftPatch): Promise<DraftOut> =>
  call(
    api.PATCH('/api/v1/lers/requests/{request_id}/', {
      ...at(id),
      headers: { 'If-Match': ifMatch(version) },
      body: patch,
    }),
  )

export interface Beginning {
  item?: string
  template?: string
  /** A provider and a type, where the catalog has no item for it. */
  free?: { provider: string; type: NonNullable<DraftPatch['request_type']> }
  copy?: { request: DraftOut; followUp: boolean; identifiers: boolean }
}

async function begin({ item, template, free, copy }: Beginning): Promise<DraftOut> {
  const header = { 'Idempotency-Key': idempotencyKey() }
  if (template) {
    return call(
      api.POST('/api/v1/lers/templates/{template_id}/use/', {
        params: { path: { template_id: template }, header },
        body: {},
      }),
    )
  }
  const body: DraftPatch = copy
    ? copyOf(copy.request, copy)
    : free
      ? { provider_tenant_id: free.provider, request_type: free.type }
      : { catalog_item_id: item }
  if (copy?.identifiers) {
    // Of an Aadhaar number only the last digits are kept: there is nothing to copy.
    const read = await readIdentifiers(copy.request.id)
    body.identifiers = read.filter((item) => !isAadhaarRemainder(item))
  }
  return call(api.POST('/api/v1/lers/requests/', { params: { header }, body }))
}

export function useBegin() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: begin,
    onSuccess: (draft) => {
      cache.setQueryData(keys.requests.one(draft.id), draft)
      void cache.invalidateQueries({ queryKey: keys.requests.lists })
      void cache.invalidateQueries({ queryKey: keys.requests.counts })
    },
  })
}

export function useSendForApproval(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (version: number) =>
      call(
        api.POST('/api/v1/lers/requests/{request_id}/submit-for-approval/', {
          ...at(id),
          headers: { 'If-Match': ifMatch(version) },
          body: {},
        }),
      ),
    onSuccess: (request) => {
      cache.setQueryData(keys.requests.one(id), request)
      void cache.invalidateQueries({ queryKey: keys.requests.lists })
      void cache.invalidateQueries({ queryKey: keys.requests.counts })
    },
    // What keeps it from being sent stands in the draft: it is read again, and shown at its steps.
    onError: () => cache.invalidateQueries({ queryKey: keys.requests.one(id), exact: true }),
  })
}

/** Cancelled, a draft stays to be seen; deleted, it is gone from sight. */
export function useEndDraft(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ version, remove, reason }: { version: number; remove: boolean; reason?: string }) => {
      const headers = { 'If-Match': ifMatch(version) }
      if (remove) return call(api.DELETE('/api/v1/lers/requests/{request_id}/', { ...at(id), headers }))
      return call(
        api.POST('/api/v1/lers/requests/{request_id}/cancel/', {
          ...at(id),
          headers,
          body: { reason: reason || null },
        }),
      )
    },
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: keys.requests.lists })
      void cache.invalidateQueries({ queryKey: keys.requests.counts })
    },
  })
}
