/** One session of emergency access: whose, why, how long still, and what may be done about it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Tone } from '~/domain/status.ts'
import { formatDateTime } from '~/i18n/index.ts'
import { ErrorSummary, Person, problemsOf, ToneBadge } from '~/ui/index.ts'
import { countdown } from '../countdown.ts'
import { type BreakGlass, useConfirmBreakGlass, useEndBreakGlass } from '../operations.ts'
import css from './admin.module.css'

interface BreakGlassRowProps {
  session: BreakGlass
  mine: boolean
  now: number
}

export function BreakGlassRow({ session, mine, now }: BreakGlassRowProps) {
  const end = useEndBreakGlass()
  const confirm = useConfirmBreakGlass()
  const left = new Date(session.expires_at).getTime() - now
  const alive = left > 0 && (session.state === 'OPEN' || session.state === 'WAITING')
  const number = session.request_number
  return (
    <li className={css.row}>
      <div className={css.rowText}>
        <span className={css.rowHead}>
          {alive && session.state === 'OPEN' && mine ? (
            <Link to={`/requests/${session.request_id}` as '/'}>{number}</Link>
          ) : (
            number
          )}
          <State session={session} alive={alive} />
          {alive && (
            <span className={css.clock} role="timer">
              <Trans>{countdown(left)} left</Trans>
            </span>
          )}
        </span>
        <p className={css.reason}>{session.reason}</p>
        <Story session={session} />
        <ErrorSummary problems={problemsOf(end.error ?? confirm.error)} />
      </div>
      {alive && (
        <div className={css.rowButtons}>
          {session.abilities.confirm && (
            <Button size="xs" loading={confirm.isPending} onClick={() => confirm.mutate(session)}>
              <Trans>Confirm</Trans>
              <span className="l-visually-hidden"> {number}</span>
            </Button>
          )}
          {session.abilities.end && (
            <Button size="xs" variant="default" loading={end.isPending} onClick={() => end.mutate(session)}>
              <EndWords state={session.state} mine={mine} />
              <span className="l-visually-hidden"> {number}</span>
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

function EndWords({ state, mine }: { state: BreakGlass['state']; mine: boolean }) {
  if (state !== 'WAITING') return <Trans>End now</Trans>
  return mine ? <Trans>Take back</Trans> : <Trans>Decline</Trans>
}

const TONE: Record<BreakGlass['state'], Tone> = { WAITING: 'warn', OPEN: 'bad', ENDED: 'quiet', EXPIRED: 'quiet' }

function State({ session: { state, opened_at }, alive }: { session: BreakGlass; alive: boolean }) {
  const { t } = useLingui()
  const words = {
    WAITING: t`Waits for confirmation`,
    OPEN: t`Open for reading`,
    ENDED: opened_at ? t`Ended` : t`Declined`,
    EXPIRED: opened_at ? t`Time is up` : t`Not confirmed in time`,
  }
  const shown = alive || state === 'ENDED' ? state : 'EXPIRED'
  return (
    <ToneBadge tone={TONE[shown]} dot>
      {words[shown]}
    </ToneBadge>
  )
}

function Story({ session }: { session: BreakGlass }) {
  return (
    <span className={css.facts}>
      <span>
        {session.agency_tenant.name} → {session.provider_tenant.name}
      </span>
      <span>
        <Trans>
          asked by <Person person={session.asked_by} />, {formatDateTime(session.created_at)}
        </Trans>
      </span>
      {session.confirmed_by && session.opened_at && (
        <span>
          <Trans>
            confirmed by <Person person={session.confirmed_by} />, {formatDateTime(session.opened_at)}
          </Trans>
        </span>
      )}
      {session.ended_by && session.ended_at && (
        <span>
          <Trans>
            ended by <Person person={session.ended_by} />, {formatDateTime(session.ended_at)}
          </Trans>
        </span>
      )}
    </span>
  )
}
