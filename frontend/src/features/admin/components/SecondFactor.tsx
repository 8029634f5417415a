/** Whether a person has a second factor, and the way out when it is lost. */
import { Trans } from '@lingui/react/macro'
import { CopyText, ToneBadge } from '~/ui/index.ts'
import type { Person } from '../queries.ts'
import css from './admin.module.css'

export function SecondFactor({ person: { email, mfa_enrolled } }: { person: Person }) {
  // The server tells it to administrators alone.
  if (mfa_enrolled === null || mfa_enrolled === undefined) return null
  return (
    <div className={css.factor}>
      <p className={css.badges}>
        <Trans>Second factor at sign-in</Trans>
        {mfa_enrolled ? (
          <ToneBadge tone="good" dot>
            <Trans>Set up</Trans>
          </ToneBadge>
        ) : (
          <ToneBadge tone="quiet" dot>
            <Trans>Not set up</Trans>
          </ToneBadge>
        )}
      </p>
      {mfa_enrolled && (
        <p className={css.dim}>
          <Trans>
            Phone and recovery codes lost? When you are sure who asks, let an operator of LERS run this; it ends their
            sessions, and they set it up anew: <CopyText value={`flask users reset-mfa ${email}`} />
          </Trans>
        </p>
      )}
    </div>
  )
}
