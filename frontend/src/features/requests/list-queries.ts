/** What the lists of requests read and do: pages, counts, saved views, steps with many at once. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, keys, type Schema } from '~/api/index.ts'
import { changeMe, useMe } from '~/auth/index.ts'
import { type SavedView, savedViews, withView } from './list-views.ts'
import type { RequestFilters } from './search.ts'

export type Listed = Schema<'RequestOut'>
export type WantedIdentifier = Schema<'WantedIdentifier'>
/** The one identifier that a list is narrowed to, and what changes it. */
export interface IdentifierChoice {
  value: WantedIdentifier | null
  onChange: (value: WantedIdentifier | null) => void
}
type Page = Schema<'RequestPage'>

export interface ListAsk {
  filters: RequestFilters
  sort: string
  /** A value to find again exactly. It never stands in an address: the search goes by POST. */
  identifier: WantedIdentifier | null
}

const PAGE = 100
const MOST_AT_ONCE = 200
/** An export ends here; more belong into a report. */
export const MOST_EXPORTED = 10_000

function readPage(ask: ListAsk, cursor: string | null, limit: number, signal?: AbortSignal): Promise<Page> {
  const wanted = { ...ask.filters, sort: ask.sort, limit, ...(cursor && { cursor }) }
  if (ask.identifier) {
    const body = { ...wanted, identifier: ask.identifier } as Schema<'SearchIn'>
    return call(api.POST('/api/v1/lers/requests/search/', { body, signal }))
  }
  return call(api.GET('/api/v1/lers/requests/', { params: { query: wanted as never }, signal }))
}

export const listQuery = (ask: ListAsk) =>
  infiniteQueryOptions({
    queryKey: keys.requests.list(ask),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readPage(ask, pageParam, PAGE, signal),
    getNextPageParam: (page) => page.next_cursor,
  })

/** All rows of a list, for an export. */
export async function readAll(ask: ListAsk, signal?: AbortSignal): Promise<Listed[]> {
  const rows: Listed[] = []
  let cursor: string | null = null
  do {
    const page: Page = await readPage(ask, cursor, MOST_AT_ONCE, signal)
    rows.push(...page.items)
    cursor = page.next_cursor ?? null
  } while (cursor !== null && rows.length < MOST_EXPORTED)
  return rows.slice(0, MOST_EXPORTED)
}

export const countsQuery = queryOptions({
  queryKey: keys.requests.counts,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/counts/', { signal })),
})

/** The first few of a list, and how many there are in all. */
export const topQuery = (filters: RequestFilters, sort: string, limit: number) =>
  queryOptions({
    queryKey: keys.requests.list({ top: limit, filters, sort }),
    queryFn: ({ signal }) => readPage({ filters, sort, identifier: null }, null, limit, signal),
  })

/** How many rows a saved view has. */
export const viewCountQuery = (filters: RequestFilters) =>
  queryOptions({
    queryKey: keys.requests.list({ count: filters }),
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await readPage({ filters, sort: '-created_at', identifier: null }, null, 1, signal)).total,
  })

/** Providers by name, for a filter. */
export const providerChoices = queryOptions({
  queryKey: keys.providers.list('choices'),
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const page = await call(
      api.GET('/api/v1/lers/providers/', { params: { query: { limit: MOST_AT_ONCE, sort: 'name' } }, signal }),
    )
    return page.items.map(({ id, name }) => ({ value: id, label: name }))
  },
})

/** The user's own views of one list, kept with their profile so that they are there on every device. */
export function useSavedViews(place: string) {
  const me = useMe()
  const views = savedViews(me.preferences, place)
  const write = useMutation({
    mutationFn: (next: (views: SavedView[]) => SavedView[]) =>
      changeMe(({ preferences }) => ({
        preferences: { ...preferences, [place]: next(savedViews(preferences, place)) },
      })),
  })
  return {
    views,
    save: (view: SavedView) => write.mutateAsync((known) => withView(known, view)),
    remove: (name: string) => write.mutateAsync((known) => known.filter((view) => view.name !== name)),
    error: write.error,
    busy: write.isPending,
  }
}

export type BulkStep = Schema<'BulkIn'>['action']
export type BulkResult = Schema<'BulkResultOut'>
const MOST_IN_BULK = 50

/** Take a step with many requests; each is judged by itself, and the answer has one line for each. */
export function useBulkStep() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ ids, ...step }: Omit<Schema<'BulkIn'>, 'ids'> & { ids: readonly string[] }) => {
      const results: BulkResult[] = []
      for (let at = 0; at < ids.length; at += MOST_IN_BULK) {
        const answer = await call(
          api.POST('/api/v1/lers/requests/bulk/', {
            params: { header: { 'Idempotency-Key': idempotencyKey() } },
            body: { ...step, ids: ids.slice(at, at + MOST_IN_BULK) },
          }),
        )
        results.push(...answer.results)
      }
      return results
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.requests.all }),
  })
}

/** What comes due, and when next. */
export const forecastQuery = queryOptions({
  queryKey: keys.analytics('sla'),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/analytics/sla/', { signal })),
})
