/** The manifest that would be sent: issued by the server, checked against the screen, and the key to sign it with. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '~/auth/index.ts'
import type { StoredKey } from '~/crypto/index.ts'
import { useSigningKey } from '~/features/keys/index.ts'
import { useNow } from '~/ui/index.ts'
import type { ResponseContent } from './body.ts'
import type { DraftFile } from './draft.ts'
import { type Issued, statementQuery } from './queries.ts'
import { type CheckedManifest, checkManifest } from './statement.ts'

export interface Check {
  issued: Issued | null
  checked: CheckedManifest | null
  expired: boolean
  key: StoredKey | null
  /** The company's policy: a response without a personal signature is refused. */
  keyRequired: boolean
  pending: boolean
  error: unknown
  renew: () => void
}

export function useCheck(requestId: string, body: ResponseContent, files: readonly DraftFile[]): Check {
  const me = useMe()
  const issued = useQuery(statementQuery(requestId, body))
  const { key, pending } = useSigningKey()
  const checked = useQuery({
    queryKey: ['response-statement-check', issued.data?.statement_id],
    enabled: issued.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => checkManifest(issued.data as Issued, { requestId, userId: me.id, body, files }),
  })
  const now = useNow(5_000)
  return {
    issued: issued.data ?? null,
    checked: checked.data ?? null,
    expired: issued.data !== undefined && Date.parse(issued.data.expires_at) <= now,
    key,
    keyRequired: (me.tenant.policy?.signature_level ?? 0) >= 1,
    pending: issued.isFetching || (issued.data !== undefined && checked.isPending) || pending,
    error: issued.error ?? checked.error,
    renew: () => void issued.refetch(),
  }
}

/** Whether it may be sent; `signed`: with the key of this browser. */
export const maySend = (check: Check, signed: boolean): boolean =>
  !check.pending &&
  !check.expired &&
  check.checked !== null &&
  check.checked.faults.length === 0 &&
  (signed ? check.key !== null : !check.keyRequired)
