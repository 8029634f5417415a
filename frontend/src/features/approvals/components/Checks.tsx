/** The verdict on a decision: worked out in this browser, beside what the server found. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconAlertTriangle, IconCheck, IconMinus, IconQuestionMark } from '@tabler/icons-react'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { StepVerdict } from '~/crypto/index.ts'
import type { Tone } from '~/domain/status.ts'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import type { CheckName, CheckVerdict } from '../check.ts'
import { useCheckedApproval } from '../queries.ts'
import type { Approval } from '../route.ts'
import css from './approvals.module.css'

const TONE: Record<CheckVerdict, Tone> = { VALID: 'good', ALTERED: 'bad', UNKNOWN_KEY: 'warn' }

/** The worse of both verdicts: where the browser could not tell, the server's stands, and is said to. */
export function verdictOf(approval: Approval, here: CheckVerdict | undefined): CheckVerdict {
  if (here === 'ALTERED' || approval.verdict === 'ALTERED') return 'ALTERED'
  return approval.verdict
}

export function VerdictBadge({ approval }: { approval: Approval }) {
  const term = useTerm()
  const { data } = useCheckedApproval(approval)
  const verdict = verdictOf(approval, data?.verdict)
  return (
    <ToneBadge tone={TONE[verdict]} dot>
      {term('verdict', verdict)}
    </ToneBadge>
  )
}

const ICON: Record<StepVerdict, ReactNode> = {
  valid: <IconCheck size={15} stroke={2.2} />,
  altered: <IconAlertTriangle size={15} />,
  missing: <IconAlertTriangle size={15} />,
  unknown_key: <IconQuestionMark size={15} />,
  unread: <IconQuestionMark size={15} />,
  absent: <IconMinus size={15} />,
}

export function Checks({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const { data } = useCheckedApproval(approval)
  const words = useCheckWords()
  return (
    <ul className={css.checks} aria-label={t`Checks made in this browser`}>
      {data?.checks.map(({ name, verdict }) => (
        <li key={name} className={clsx(css.check, css[verdict])}>
          <span aria-hidden>{ICON[verdict]}</span>
          <span>{words(name, verdict)}</span>
        </li>
      ))}
      <li className={clsx(css.check, approval.verdict === 'VALID' ? css.valid : css.altered)}>
        <span aria-hidden>{ICON[approval.verdict === 'VALID' ? 'valid' : 'altered']}</span>
        <span>
          {approval.verdict === 'VALID' ? (
            <Trans>The server checked it again just now, against the request as it is, and found the same.</Trans>
          ) : (
            <>
              <Trans>The server checked it again just now:</Trans> {approval.reasons.join(' ')}
            </>
          )}
        </span>
      </li>
    </ul>
  )
}

function useCheckWords(): (name: CheckName, verdict: StepVerdict) => string {
  const { t } = useLingui()
  return (name, verdict) => {
    const good = verdict === 'valid'
    if (name === 'hash') return good ? t`The SHA-256 of the statement is right.` : t`The statement has another SHA-256.`
    if (name === 'row') {
      return good
        ? t`What is shown here is what the statement says.`
        : t`The statement says something else than what is shown here.`
    }
    if (name === 'seal') {
      if (verdict === 'unknown_key') return t`The seal cannot be checked here: its key is not known.`
      return good ? t`The server's seal fits the statement.` : t`The server's seal does not fit the statement.`
    }
    if (verdict === 'absent') return t`There is no personal signature: the server's seal stands alone.`
    if (verdict === 'unknown_key') return t`The personal signature cannot be checked here: its key is not known.`
    return good ? t`The personal signature fits the statement.` : t`The personal signature does not fit the statement.`
  }
}
