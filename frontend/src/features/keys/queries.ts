/** Signing keys: those that the server knows, and those that this browser holds. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, keys as cacheKeys, call } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { browserKeys, type SealKey, type ServerKey, type StoredKey, usableKey } from '~/crypto/index.ts'

const HERE = [...cacheKeys.keys, 'here'] as const

/** All signing keys of the user that the server knows, the revoked ones too. */
export const signingKeysQuery = queryOptions({
  queryKey: cacheKeys.keys,
  queryFn: async ({ signal }): Promise<ServerKey[]> => {
    const { items } = await call(api.GET('/api/v1/auth/keys/', { params: { query: { use: 'SIGNING' } }, signal }))
    return items
  },
})

export const storedKeysQuery = (userId: string) =>
  queryOptions({
    queryKey: [...HERE, userId],
    queryFn: (): Promise<StoredKey[]> => browserKeys.of(userId),
    staleTime: Number.POSITIVE_INFINITY,
    // CryptoKey objects are opaque: they cannot be compared member by member.
    structuralSharing: false,
    retry: false,
  })

/** The public keys of the server's seal. They change with a rotation only. */
export const sealKeysQuery = queryOptions({
  queryKey: ['seal-keys'],
  queryFn: async ({ signal }): Promise<(SealKey & { fingerprint: string })[]> => {
    const { items } = await call(api.GET('/api/v1/auth/seal-keys/', { signal }))
    return items
  },
  staleTime: Number.POSITIVE_INFINITY,
})

export interface SigningKeyState {
  /** The key to sign with in this browser; null when there is none. */
  key: StoredKey | null
  known: ServerKey[]
  pending: boolean
  /** The browser keeps nothing (a private window, a full disk), or the server did not answer. */
  error: unknown
  retry: () => void
}

/** The key with which the user signs in this browser. */
export function useSigningKey(): SigningKeyState {
  const me = useMe()
  const known = useQuery(signingKeysQuery)
  const stored = useQuery(storedKeysQuery(me.id))
  const key = known.data && stored.data ? usableKey(stored.data, known.data) : null
  return {
    key,
    known: known.data ?? [],
    pending: known.isPending || stored.isPending,
    error: known.error ?? stored.error,
    retry: () => {
      void known.refetch()
      void stored.refetch()
    },
  }
}

/** Read both halves anew: after a key was made, restored or revoked. */
export function useKeysChanged(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: cacheKeys.keys })
}

/** Revoke a key at the server, and forget its private half here. */
export function useRevokeKey() {
  const changed = useKeysChanged()
  return useMutation({
    mutationFn: async (keyId: string) => {
      await call(api.DELETE('/api/v1/auth/keys/{key_id}/', { params: { path: { key_id: keyId } } }))
      await browserKeys.remove(keyId)
    },
    onSettled: changed,
  })
}
