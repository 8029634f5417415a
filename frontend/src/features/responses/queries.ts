/** Sending a response. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, keys, type Schema } from '~/api/index.ts'
import { type GivenSignature, giveSignature, type StoredKey } from '~/crypto/index.ts'
import type { ResponseContent } from './body.ts'

export type Issued = Schema<'ResponseStatementOut'>
export type Sent = Schema<'ResponseOut'>

const at = (requestId: string) => ({ params: { path: { request_id: requestId } } })

/** The manifest to sign. Each one is issued for this content, and only once. */
export const statementQuery = (requestId: string, body: ResponseContent) =>
  queryOptions({
    queryKey: ['response-statement', requestId, body],
    queryFn: ({ signal }) =>
      call(api.POST('/api/v1/lers/requests/{request_id}/response-statement/', { ...at(requestId), body, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })

/** The values in clear. Each reading is written into the audit trail, so it is asked for and never kept. */
export const readIdentifiers = (requestId: string) =>
  call(api.GET('/api/v1/lers/requests/{request_id}/identifiers/', at(requestId)))

interface Sending {
  body: ResponseContent
  issued: Issued
  /** Null: the server's seal alone stands under it. */
  key: StoredKey | null
}

const given = new WeakMap<Issued, GivenSignature>()

/** One signature a statement: a second attempt sends the same bytes, so that it is known as the same. */
async function signatureOf(issued: Issued, key: StoredKey): Promise<GivenSignature> {
  const before = given.get(issued)
  if (before?.key_id === key.keyId) return before
  const signature = await giveSignature(key, issued)
  given.set(issued, signature)
  return signature
}

/** `onSent` is told before anything is read anew: by then the request takes no response, and its form is gone. */
export function useSend(requestId: string, onSent: (response: Sent) => void) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ body, issued, key }: Sending): Promise<Sent> => {
      const signature = key ? await signatureOf(issued, key) : null
      return call(
        api.POST('/api/v1/lers/responses/', {
          // One statement, one response: a lost answer makes no second one.
          params: { header: { 'Idempotency-Key': `${issued.statement_id} ${key?.keyId ?? 'sealed'}` } },
          body: { request_id: requestId, ...body, signature },
        }),
      )
    },
    onSuccess: async (response) => {
      cache.setQueryData(keys.responses.one(response.id), response)
      onSent(response)
      await Promise.all([
        cache.invalidateQueries({ queryKey: keys.requests.all }),
        cache.invalidateQueries({ queryKey: keys.responses.all }),
      ])
    },
  })
}
