/** How the clocks of all open requests stand: a bar and its numbers, each the list behind it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import type { Schema } from '~/api/index.ts'
import { countsQuery, forecastQuery, OPEN_STATUSES, type RequestFilters } from '~/features/requests/index.ts'
import { formatNumber, useTerm } from '~/i18n/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { dueToday } from '../due.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

type Open = Schema<'OpenCountsOut'>
type State = 'breached' | 'due_soon' | 'on_track' | 'paused'
const STATES: readonly State[] = ['breached', 'due_soon', 'on_track', 'paused']
const of = (sla: State): RequestFilters => ({ status: OPEN_STATUSES, sla })

export function ClockCard({ place }: { place: number }) {
  const { t } = useLingui()
  const counts = useQuery(countsQuery)
  return (
    <Card place={place} title={t`Time left at the providers`}>
      <QueryState query={counts} lines={5}>
        {({ open }) => (STATES.some((state) => open[state] > 0) ? <Clocks open={open} /> : <NoClocks />)}
      </QueryState>
    </Card>
  )
}

function Clocks({ open }: { open: Open }) {
  const term = useTerm()
  return (
    <>
      <div className={css.bar} aria-hidden>
        {STATES.map(
          (state) => open[state] > 0 && <span key={state} className={css[state]} style={{ flexGrow: open[state] }} />,
        )}
      </div>
      <ul className={css.legend}>
        {STATES.map((state) => (
          <li key={state}>
            <ListLink search={of(state)} className={css.legendLink}>
              <span className={clsx(css.swatch, css[state])} aria-hidden />
              <span className={css.legendName}>{term('slaState', state.toUpperCase())}</span>
              <strong>{formatNumber(open[state])}</strong>
            </ListLink>
          </li>
        ))}
      </ul>
      <Forecast />
    </>
  )
}

/** What will be late by the end of the day. It is a help, so its failing is no matter of this card. */
export function Forecast() {
  const { data } = useQuery(forecastQuery)
  if (!data) return null
  const { will_breach: count, unacknowledged, until } = data.forecast
  if (count === 0) {
    return (
      <p className={css.forecast}>
        <Trans>No more will be late today.</Trans>
      </p>
    )
  }
  return (
    <p className={css.forecast}>
      <ListLink search={dueToday(data.as_of, until)} className={css.textLink}>
        <Plural value={count} one="# more will be late by midnight" other="# more will be late by midnight" />
      </ListLink>
      {unacknowledged > 0 && (
        <>
          ,{' '}
          <Plural value={unacknowledged} one="# of them not yet acknowledged" other="# of them not yet acknowledged" />
        </>
      )}
      .
    </p>
  )
}

function NoClocks() {
  return (
    <EmptyState title={<Trans>No clock is running</Trans>}>
      <Trans>The time of a provider begins when a request is submitted.</Trans>
    </EmptyState>
  )
}
