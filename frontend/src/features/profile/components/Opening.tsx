/** Whether a provider is open now, and its hours, today's first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { formatDay, formatRelative, formatTime } from '~/i18n/index.ts'
import { ToneBadge, useNow } from '~/ui/index.ts'
import { type Interval, isAlways, localTime, parseHours, timeText, WEEKDAYS, type Week } from '../hours.ts'
import type { Profile } from '../profile-form.ts'
import { weekdayName } from '../weekday-words.ts'
import css from './profile.module.css'

export function OpeningBadge({ opening }: { opening: Profile['opening'] }) {
  const now = useNow(30_000)
  const { is_open: open, changes_at: at, holiday } = opening
  const day = at && `${formatDay(at)}, ${formatTime(at)}`
  return (
    <span className={css.status}>
      <ToneBadge tone={open ? 'good' : 'quiet'} dot>
        {open ? <Trans>Open now</Trans> : <Trans>Closed now</Trans>}
      </ToneBadge>
      <span className={css.hint}>
        {holiday && !open && `${holiday}. `}
        {at &&
          (open ? (
            <Trans>
              until {day} ({formatRelative(at, now)})
            </Trans>
          ) : (
            <Trans>
              opens {day} ({formatRelative(at, now)})
            </Trans>
          ))}
      </span>
    </span>
  )
}

const dayText = (day: readonly Interval[]): string =>
  day.map(({ start, end }) => `${timeText(start)}–${timeText(end)}`).join(', ')

/** The hours of a day of the week, as people say them. */
export function useDayHours(): (week: Week, day: number) => string {
  const { t } = useLingui()
  return (week, day) => {
    if (isAlways(week)) return t`Day and night`
    return dayText(week[day] ?? []) || t`Closed`
  }
}

interface WeekHoursProps {
  hours: string
  zone: string
}

export function WeekHours({ hours, zone }: WeekHoursProps) {
  const now = useNow(60_000)
  const dayHours = useDayHours()
  const week = parseHours(hours)
  // Hours that this version cannot read are shown as they were written.
  if (!week) return <p className={css.hint}>{hours}</p>
  if (isAlways(week)) {
    return (
      <p className={css.hint}>
        <Trans>Day and night, every day.</Trans>
      </p>
    )
  }
  const today = localTime(now, zone).weekday
  return (
    <dl className={css.hoursList}>
      {WEEKDAYS.map((day) => (
        <div key={day} style={{ display: 'contents' }}>
          <dt data-today={day === today || undefined}>{weekdayName(day)}</dt>
          <dd data-today={day === today || undefined}>{dayHours(week, day)}</dd>
        </div>
      ))}
    </dl>
  )
}
