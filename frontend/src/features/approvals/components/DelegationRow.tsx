/** One delegation: who for whom, until when, and the way to end it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { formatDate, useTerm } from '~/i18n/index.ts'
import { Person, ToneBadge } from '~/ui/index.ts'
import { stateOf } from '../delegation.ts'
import type { Delegation } from '../queries.ts'
import css from './delegations.module.css'

interface DelegationRowProps {
  delegation: Delegation
  now: number
  ending: boolean
  onEnd: () => void
}

export function DelegationRow({ delegation, now, ending, onEnd }: DelegationRowProps) {
  const { t } = useLingui()
  const term = useTerm()
  const { from_user: from, to_user: to, request_type: type, valid_from: start, valid_until: end } = delegation
  return (
    <li className={css.row}>
      <div>
        <span className={css.who}>
          <Trans>
            <Person person={to} /> for <Person person={from} />
          </Trans>
          {stateOf(delegation, now) === 'active' ? (
            <ToneBadge tone="good" dot>
              <Trans>In force</Trans>
            </ToneBadge>
          ) : (
            <ToneBadge tone="info">
              <Trans>Coming</Trans>
            </ToneBadge>
          )}
        </span>
        <span className={css.meta}>
          <span>
            <Trans>
              {formatDate(start)} to {formatDate(end)}
            </Trans>
          </span>
          <span>{type ? term('requestType', type) : t`All kinds of requests`}</span>
          {delegation.reason && <span>{delegation.reason}</span>}
        </span>
      </div>
      {delegation.abilities.delete && (
        <Button
          size="xs"
          variant="default"
          loading={ending}
          onClick={onEnd}
          aria-label={t`End the delegation to ${to.name}`}
        >
          <Trans>End</Trans>
        </Button>
      )}
    </li>
  )
}
