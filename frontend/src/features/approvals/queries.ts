/** What the inbox reads, and the decisions that it takes. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, isProblem, keys, type Schema } from '~/api/index.ts'
import type { SealKey, StoredKey } from '~/crypto/index.ts'
import { giveSignature } from '~/crypto/index.ts'
import { sealKeysQuery } from '~/features/keys/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { checkApproval } from './check.ts'
import type { Approval } from './route.ts'

const PENDING = { status: ['PENDING_APPROVAL'], limit: 100 } as const

/** Everything of the unit that waits for an approval; who may give it stands in each row's abilities. */
export const pendingQuery = queryOptions({
  queryKey: keys.requests.list({ ...PENDING, place: 'approvals' }),
  queryFn: ({ signal }) =>
    call(
      api.GET('/api/v1/lers/requests/', {
        params: { query: { status: [...PENDING.status], limit: PENDING.limit, sort: 'created_at' } },
        signal,
      }),
    ),
})

export type Issued = Schema<'StatementOut'>

/**
 * The statement to sign for approving this version. It is issued to one person for ten minutes and taken once, so it
 * does not live among the parts of the request, which every live event reads anew.
 */
export const statementQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['signing-statement', id, version],
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/requests/{request_id}/signing-statement/', {
          params: { path: { request_id: id }, query: { action: 'approve' } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/** The seal's keys; a server that does not tell them leaves seals unjudged, which is said, and is no failure. */
export function useSealKeys(): readonly SealKey[] | undefined {
  const query = useQuery(sealKeysQuery)
  return query.data ?? (query.error ? [] : undefined)
}

export function useCheckedApproval(approval: Approval) {
  const sealKeys = useSealKeys()
  return useQuery({
    queryKey: ['approval-check', approval.id, approval.statement, approval.seal.value, sealKeys?.length],
    queryFn: () => checkApproval(approval, sealKeys ?? []),
    enabled: sealKeys !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

type Decided = (request: LersRequest) => void

/**
 * A decision makes a new version of the request, and moves it out of somebody's queue. The panel is told first: it goes
 * with the version that it was drawn for, and what is given to `mutate` is not called for what is gone.
 */
function useDecided(onDecided: Decided) {
  const cache = useQueryClient()
  return {
    onSuccess: async (request: LersRequest) => {
      onDecided(request)
      cache.setQueryData(keys.requests.one(request.id), request)
      await cache.invalidateQueries({ queryKey: keys.requests.all })
    },
    // Refused means that something is not any more as it was shown.
    onError: async (error: unknown, { request }: { request: LersRequest }) => {
      if (isProblem(error) && [403, 404, 409, 412].includes(error.status)) {
        await cache.invalidateQueries({ queryKey: keys.requests.one(request.id) })
      }
      await cache.invalidateQueries({ queryKey: ['signing-statement', request.id] })
    },
  }
}

interface Approving {
  request: LersRequest
  comments: string
  issued: Issued
  /** Without a key only the server's seal stands under the approval. */
  key: StoredKey | null
}

export function useApprove(onDecided: Decided) {
  return useMutation({
    mutationFn: async ({ request, comments, issued, key }: Approving) =>
      call(
        api.POST('/api/v1/lers/requests/{request_id}/approve/', {
          params: { path: { request_id: request.id } },
          headers: { 'If-Match': ifMatch(request.version) },
          body: { comments: comments.trim() || null, signature: key ? await giveSignature(key, issued) : null },
        }),
      ),
    ...useDecided(onDecided),
  })
}

export type Refusal = 'reject' | 'request_changes'

interface Refusing {
  request: LersRequest
  decision: Refusal
  reason: string
}

export function useRefuse(onDecided: Decided) {
  return useMutation({
    mutationFn: ({ request, decision, reason }: Refusing) => {
      const options = {
        params: { path: { request_id: request.id } },
        headers: { 'If-Match': ifMatch(request.version) },
      }
      return decision === 'reject'
        ? call(api.POST('/api/v1/lers/requests/{request_id}/reject/', { ...options, body: { reason } }))
        : call(
            api.POST('/api/v1/lers/requests/{request_id}/request-changes/', { ...options, body: { comments: reason } }),
          )
    },
    ...useDecided(onDecided),
  })
}

export type Delegation = Schema<'DelegationOut'>

export const delegationsQuery = queryOptions({
  queryKey: keys.delegations,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/delegations/', { params: { query: { limit: 100 } }, signal })),
})

function useDelegationsChanged() {
  const cache = useQueryClient()
  // Who may approve what follows from them.
  return async () => {
    await cache.invalidateQueries({ queryKey: keys.delegations })
    await cache.invalidateQueries({ queryKey: keys.requests.all })
  }
}

export function useDelegate() {
  return useMutation({
    mutationFn: (body: Schema<'DelegationIn'>) =>
      call(
        api.POST('/api/v1/lers/delegations/', {
          params: { header: { 'Idempotency-Key': idempotencyKey() } },
          body,
        }),
      ),
    onSuccess: useDelegationsChanged(),
  })
}

export function useEndDelegation() {
  return useMutation({
    mutationFn: ({ id, version }: Delegation) =>
      call(
        api.DELETE('/api/v1/lers/delegations/{delegation_id}/', {
          params: { path: { delegation_id: id } },
          headers: { 'If-Match': ifMatch(version) },
        }),
      ),
    onSettled: useDelegationsChanged(),
  })
}
