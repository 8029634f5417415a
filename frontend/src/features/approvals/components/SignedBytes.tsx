/** The statement from the server, its hash computed here, and what is wrong with it, if anything. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { StatementFault } from '~/crypto/index.ts'
import { Hash } from '~/ui/index.ts'
import type { Signing } from '../use-signing.ts'
import { ExactBytes, StatementFacts } from './StatementFacts.tsx'
import css from './sign.module.css'

export function SignedBytes({ signing }: { signing: Signing }) {
  const { issued, statement, sha256, faults, expired, renew } = signing
  if (!issued || !sha256) return null
  return (
    <section className={css.statement} aria-labelledby="statement-title">
      <h3 id="statement-title" className={css.heading}>
        <Trans>What you sign</Trans>
      </h3>
      {faults.length > 0 ? (
        <Faults faults={faults} onRenew={renew} />
      ) : (
        <>
          {statement && <StatementFacts statement={statement} />}
          <p className={css.hash}>
            <span className={css.dim}>SHA-256</span> <Hash value={sha256} full />
            <span className={css.same}>
              <IconCheck size={14} stroke={2.2} aria-hidden />
              <Trans>computed in this browser, the same as the server's</Trans>
            </span>
          </p>
          <ExactBytes statement={issued.statement} />
        </>
      )}
      {expired && faults.length === 0 && (
        <div className={css.warn} role="status">
          <p>
            <Trans>This statement is older than ten minutes.</Trans>
          </p>
          <Button size="xs" variant="default" onClick={renew}>
            <Trans>Get a new one</Trans>
          </Button>
        </div>
      )}
    </section>
  )
}

function Faults({ faults, onRenew }: { faults: readonly StatementFault[]; onRenew: () => void }) {
  const { t } = useLingui()
  const words: Record<StatementFault, string> = {
    not_readable: t`It is not a readable statement of an approval.`,
    other_hash: t`Its SHA-256 is not the one that the server told.`,
    other_request: t`It is about another request.`,
    other_version: t`It is about another version of this request. Load the page again to see that one.`,
    other_decision: t`It says something else than that you approve.`,
    other_signer: t`It names somebody else as the one who signs.`,
  }
  return (
    <div className={css.bad} role="alert">
      <p>
        <Trans>Do not sign this. The statement from the server does not fit what you see here:</Trans>
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{words[fault]}</li>
        ))}
      </ul>
      <Button size="xs" variant="default" onClick={onRenew}>
        <Trans>Get a new one</Trans>
      </Button>
    </div>
  )
}
