/** A month of open and closed days and holidays. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { formatPlainDate } from '~/i18n/index.ts'
import { type CalendarDay, type DayKind, type Holiday, monthAfter, monthGrid } from '../calendar.ts'
import { WEEKDAYS, type Week } from '../hours.ts'
import { monthName, weekdayName } from '../weekday-words.ts'
import css from './profile.module.css'

interface MonthProps {
  week: Week
  holidays: readonly Holiday[]
  /** A year ahead is known from this day on. */
  today: string
  /** Days on which an example comes due. */
  due: ReadonlySet<string>
}

const MONTHS_AHEAD = 11

export function Month({ week, holidays, today, due }: MonthProps) {
  const { t } = useLingui()
  const [step, setStep] = useState(0)
  const month = monthAfter(today, step)
  const rows = monthGrid(month, week, holidays, today)
  const words: Record<DayKind, string> = { open: t`Open day`, closed: t`Closed day`, holiday: t`Holiday` }
  return (
    <div>
      <div className={css.monthHead}>
        <ActionIcon aria-label={t`The month before`} disabled={step === 0} onClick={() => setStep(step - 1)}>
          <IconChevronLeft size={18} />
        </ActionIcon>
        <strong aria-live="polite">{monthName(month)}</strong>
        <ActionIcon aria-label={t`The next month`} disabled={step === MONTHS_AHEAD} onClick={() => setStep(step + 1)}>
          <IconChevronRight size={18} />
        </ActionIcon>
      </div>
      <table className={css.month}>
        <caption className="l-visually-hidden">
          <Trans>Open days, closed days and holidays in {monthName(month)}</Trans>
        </caption>
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col" abbr={weekdayName(day)}>
                {weekdayName(day, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month keep their places
            <tr key={at}>
              {row.map((day, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <Cell key={place} day={day} words={words} due={day !== null && due.has(day.date)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className={css.legend}>
        {(['open', 'closed', 'holiday'] as const).map((kind) => (
          <li key={kind}>
            <span className={css.swatch} data-kind={kind} aria-hidden />
            {words[kind]}
          </li>
        ))}
        <li>
          <u>
            <Trans>Underlined</Trans>
          </u>{' '}
          <Trans>an example comes due</Trans>
        </li>
      </ul>
    </div>
  )
}

function Cell({ day, words, due }: { day: CalendarDay | null; words: Record<DayKind, string>; due: boolean }) {
  const { t } = useLingui()
  if (!day) return <td />
  const said = [
    formatPlainDate(day.date),
    words[day.kind],
    day.name,
    due && t`an example comes due`,
    day.today && t`today`,
  ]
  return (
    <td
      data-kind={day.kind}
      data-today={day.today || undefined}
      data-due={due || undefined}
      title={day.name ?? undefined}
    >
      <span aria-hidden>{day.day}</span>
      <span className="l-visually-hidden">{said.filter(Boolean).join(', ')}</span>
    </td>
  )
}
