/** Everything that stands between an approver and their signature: statement, its check, key, policy. */
import { useQuery } from '@tanstack/react-query'
import { useMe } from '~/auth/index.ts'
import { type ApprovalStatement, checkStatement, type StatementFault, type StoredKey } from '~/crypto/index.ts'
import { useSigningKey } from '~/features/keys/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { useNow } from '~/ui/index.ts'
import { type Issued, statementQuery } from './queries.ts'

export interface Signing {
  issued: Issued | null
  statement: ApprovalStatement | null
  /** The statement's SHA-256, computed in this browser. */
  sha256: string | null
  faults: readonly StatementFault[]
  expired: boolean
  key: StoredKey | null
  /** The unit's policy: an approval without a personal signature is refused. */
  keyRequired: boolean
  pending: boolean
  error: unknown
  renew: () => void
}

export function useSigning(request: LersRequest): Signing {
  const me = useMe()
  const issued = useQuery({ ...statementQuery(request.id, request.version), enabled: request.abilities.approve })
  const { key, pending: keyPending } = useSigningKey()
  const checked = useQuery({
    queryKey: ['statement-check', issued.data?.statement_id, request.version],
    queryFn: () =>
      checkStatement(issued.data as Issued, { requestId: request.id, version: request.version, userId: me.id }),
    enabled: issued.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const now = useNow(5_000)
  return {
    issued: issued.data ?? null,
    statement: checked.data?.statement ?? null,
    sha256: checked.data?.sha256 ?? null,
    faults: checked.data?.faults ?? [],
    expired: issued.data !== undefined && Date.parse(issued.data.expires_at) <= now,
    key,
    keyRequired: (me.tenant.policy?.signature_level ?? 0) >= 1,
    pending: issued.isPending || checked.isPending || keyPending,
    error: issued.error ?? checked.error,
    renew: () => void issued.refetch(),
  }
}

/** Whether the button may be pressed. */
export const mayApprove = ({ statement, faults, expired, key, keyRequired, pending }: Signing): boolean =>
  !pending && statement !== null && faults.length === 0 && !expired && (key !== null || !keyRequired)
