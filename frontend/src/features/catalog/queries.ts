/** The catalog: lists, items, versions; and what a provider does with its own. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { CatalogSearch } from './search.ts'

export type CatalogItem = Schema<'CatalogItemOut'>
export type ItemIn = Schema<'CatalogItemIn'>
export type CatalogVersion = Schema<'CatalogVersionOut'>

type ListQuery = NonNullable<Parameters<typeof listOf>[0]>
const PAGE = 60

const listOf = (query: {
  q?: string
  provider_tenant_id?: string
  category?: string
  request_type?: ItemIn['request_type']
  max_turnaround_hours?: number
  featured?: boolean
  is_active?: boolean
  sort?: string
}) => query

function wanted(search: CatalogSearch): ListQuery {
  const { q, provider, category, type, within, featured, sort } = search
  return listOf({
    ...(q && { q }),
    ...(provider && { provider_tenant_id: provider }),
    ...(category && { category }),
    ...(type && { request_type: type as ItemIn['request_type'] }),
    ...(within && { max_turnaround_hours: within }),
    ...(featured && { featured }),
    sort: sort ?? 'name',
    is_active: true,
  })
}

const pagesOf = (query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: keys.catalog.list({ pages: query }),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/v1/lers/catalog/', {
          params: { query: { ...query, limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  })

/** What officers may ask for. */
export const offeredItems = (search: CatalogSearch) => pagesOf(wanted(search))

/** All items of one provider; its own people see the withdrawn ones, too. */
export const itemsOfProvider = (provider: string) =>
  queryOptions({
    queryKey: keys.catalog.list({ of: provider }),
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/catalog/', {
          params: { query: { provider_tenant_id: provider, limit: 200, sort: 'name' } },
          signal,
        }),
      ),
  })

export const categoriesQuery = queryOptions({
  queryKey: keys.catalog.list('categories'),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/catalog/categories/', { signal })),
})

export const providersQuery = queryOptions({
  queryKey: keys.providers.list({}),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/', { params: { query: { limit: 200 } }, signal })),
})

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: keys.catalog.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/catalog/{item_id}/', { params: { path: { item_id: id } }, signal })),
  })

/** From the newest version to the first. */
export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.catalog.one(id), 'versions'],
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/catalog/{item_id}/versions/', {
          params: { path: { item_id: id }, query: { limit: 100 } },
          signal,
        }),
      ),
  })

/** How many requests were made from an item, as far as its provider has received them. */
export const usageQuery = (id: string) =>
  queryOptions({
    queryKey: keys.requests.list({ made_from: id }),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/requests/', { params: { query: { catalog_item_id: id, limit: 1 } }, signal })),
  })

function useKept() {
  const cache = useQueryClient()
  return (item: CatalogItem) => {
    cache.setQueryData(keys.catalog.one(item.id), item)
    void cache.invalidateQueries({ queryKey: keys.catalog.all })
    void cache.invalidateQueries({ queryKey: keys.templates.all })
  }
}

/** Make an item, or change the one that was read at `version`. */
export function useSaveItem() {
  const kept = useKept()
  return useMutation({
    mutationFn: ({ id, version, body }: { id?: string; version?: number; body: Partial<ItemIn> }) =>
      id === undefined
        ? call(
            api.POST('/api/v1/lers/catalog/', {
              params: { header: { 'Idempotency-Key': idempotencyKey() } },
              body: body as ItemIn,
            }),
          )
        : call(
            api.PATCH('/api/v1/lers/catalog/{item_id}/', {
              params: { path: { item_id: id } },
              headers: { 'If-Match': ifMatch(version ?? 0) },
              body,
            }),
          ),
    onSuccess: kept,
  })
}

export function useDeleteItem() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (item: CatalogItem) =>
      call(
        api.DELETE('/api/v1/lers/catalog/{item_id}/', {
          params: { path: { item_id: item.id } },
          headers: { 'If-Match': ifMatch(item.version) },
        }),
      ),
    onSuccess: (_, item) => {
      cache.removeQueries({ queryKey: keys.catalog.one(item.id) })
      return cache.invalidateQueries({ queryKey: keys.catalog.all })
    },
  })
}
