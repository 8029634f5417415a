/** One decision on paper: everything in full, so that it can be checked without LERS. */
import { useLingui } from '@lingui/react/macro'
import { readApprovalStatement } from '~/crypto/index.ts'
import { formatExact, useTerm } from '~/i18n/index.ts'
import { Facts, Panel } from '~/ui/index.ts'
import type { Approval } from '../route.ts'
import { Checks, VerdictBadge } from './Checks.tsx'
import css from './certificate.module.css'
import { StatementFacts } from './StatementFacts.tsx'

export function CertifiedDecision({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const term = useTerm()
  const said = readApprovalStatement(approval.statement)
  const { signature } = approval
  const title = approval.action === 'APPROVE' ? t`Approval, level ${approval.level}` : term('decision', approval.action)
  const code = (value: string | null | undefined) => value && <code className={css.code}>{value}</code>
  return (
    <Panel title={title} actions={<VerdictBadge approval={approval} />} className={css.decision}>
      {said && <StatementFacts statement={said} full />}
      <Checks approval={approval} />
      <div className={css.proof}>
        <Facts
          rows={[
            [t`Statement`, code(approval.statement)],
            [t`SHA-256 of the statement`, code(approval.signature_hash)],
            [t`Seal of LERS`, code(approval.seal.value)],
            [t`Key of the seal`, code(approval.seal.kid)],
            [t`Personal signature`, signature ? code(signature.value) : t`none`],
            [t`Kind of signature`, signature?.algorithm],
            [t`Signed at`, signature && formatExact(signature.signed_at)],
            [t`Fingerprint of the key`, code(signature?.fingerprint)],
            [t`Public key`, code(signature?.public_key)],
          ]}
        />
      </div>
    </Panel>
  )
}
