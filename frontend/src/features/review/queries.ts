/** Responses as officers read and judge them. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { ResponseFilters } from './filters.ts'

export type LersResponse = Schema<'ResponseOut'>
export type KeptManifest = Schema<'ManifestOut'>

const at = (id: string) => ({ params: { path: { response_id: id } } })

const PAGE = 50

export const responsesQuery = (filters: ResponseFilters) =>
  infiniteQueryOptions({
    queryKey: keys.responses.list(filters),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/v1/lers/responses/', {
          params: { query: { ...filters, sort: '-created_at', limit: PAGE, cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  })

/** All responses to one request, oldest first: the chain of its parts. */
export const responsesOfRequestQuery = (requestId: string) =>
  queryOptions({
    queryKey: keys.requests.part(requestId, 'responses'),
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/requests/{request_id}/responses/', {
          params: { path: { request_id: requestId } },
          signal,
        }),
      ),
  })

export const responseQuery = (id: string) =>
  queryOptions({
    queryKey: keys.responses.one(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/responses/{response_id}/', { ...at(id), signal })),
  })

/** The text that was sealed. It never changes. */
export const manifestQuery = (id: string) =>
  queryOptions({
    queryKey: ['manifests', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/responses/{response_id}/manifest/', { ...at(id), signal })),
  })

/** The questions of the catalog item as it was when the request was made. */
export const askedFieldsQuery = (itemId: string, version: number) =>
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

/** Let the server read every stored byte again. */
export const verifyAtServer = (id: string, signal?: AbortSignal) =>
  call(api.POST('/api/v1/lers/responses/{response_id}/verify/', { ...at(id), body: {}, signal }))

interface Judged {
  response: LersResponse
}

export interface Rating {
  score: number
  comment: string
}

const matching = ({ version }: LersResponse) => ({ 'If-Match': ifMatch(version) })

function useJudging<Given extends Judged>(judge: (given: Given) => Promise<LersResponse>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: judge,
    onSuccess: (response) => cache.setQueryData(keys.responses.one(response.id), response),
    onSettled: async (_found, _error, { response }) => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: keys.responses.all }),
        cache.invalidateQueries({ queryKey: keys.requests.one(response.request_id) }),
        cache.invalidateQueries({ queryKey: keys.requests.lists }),
        cache.invalidateQueries({ queryKey: keys.requests.counts }),
      ])
    },
  })
}

const rate = (response: LersResponse, { score, comment }: Rating): Promise<LersResponse> =>
  call(
    api.POST('/api/v1/lers/responses/{response_id}/rate/', {
      ...at(response.id),
      headers: matching(response),
      body: { score, comment: comment.trim() || null },
    }),
  )

/** Accept a response, and rate it in the same step. Asked again after only the rating failed, it does the rest. */
export function useAccept() {
  const cache = useQueryClient()
  return useJudging(async ({ response, rating }: Judged & { rating: Rating | null }) => {
    const current = cache.getQueryData<LersResponse>(keys.responses.one(response.id)) ?? response
    const accepted =
      current.status === 'ACCEPTED'
        ? current
        : await call(
            api.POST('/api/v1/lers/responses/{response_id}/accept/', {
              ...at(response.id),
              headers: matching(response),
              body: {},
            }),
          )
    cache.setQueryData(keys.responses.one(response.id), accepted)
    return rating ? rate(accepted, rating) : accepted
  })
}

export const useReject = () =>
  useJudging(({ response, reason }: Judged & { reason: string }) =>
    call(
      api.POST('/api/v1/lers/responses/{response_id}/reject/', {
        ...at(response.id),
        headers: matching(response),
        body: { reason },
      }),
    ),
  )

export const useRate = () => useJudging(({ response, rating }: Judged & { rating: Rating }) => rate(response, rating))
