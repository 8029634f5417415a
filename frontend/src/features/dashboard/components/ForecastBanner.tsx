/** What the day brings, in a sentence: what will be late if nobody acts, or when the next request is due. */
import { Plural, Trans } from '@lingui/react/macro'
import { IconAlarm, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { forecastQuery } from '~/features/requests/index.ts'
import { formatDateTime } from '~/i18n/index.ts'
import { dueToday } from '../due.ts'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

export function ForecastBanner() {
  const { data, isPending } = useQuery(forecastQuery)
  // Its place is kept, so that what follows stays where it is when the sentence comes.
  if (isPending) return <div className={clsx(css.alert, css.day)} />
  if (!data) return null
  const { will_breach: count, unacknowledged, until, next_due_date: next } = data.forecast
  const at = next && formatDateTime(next)
  if (count === 0) {
    return (
      <p className={clsx(css.alert, css.day)} role="status">
        <IconCircleCheck size={18} stroke={1.7} aria-hidden />
        <span>
          <Trans>Nothing more is due today.</Trans> {at && <Trans>The next request is due {at}.</Trans>}
        </span>
      </p>
    )
  }
  return (
    <p className={clsx(css.alert, css.day, css.alertWarn)} role="status">
      <IconAlarm size={18} stroke={1.7} aria-hidden />
      <span>
        <ListLink search={dueToday(data.as_of, until)}>
          <Plural
            value={count}
            one="# request will be late by midnight unless it is completed"
            other="# requests will be late by midnight unless they are completed"
          />
        </ListLink>
        .{' '}
        {unacknowledged > 0 && (
          <Plural
            value={unacknowledged}
            one="# of them is not yet acknowledged."
            other="# of them are not yet acknowledged."
          />
        )}{' '}
        {at && <Trans>The next is due {at}.</Trans>}
      </span>
    </p>
  )
}
