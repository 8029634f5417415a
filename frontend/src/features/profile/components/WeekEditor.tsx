/** The hours of a week: several intervals a day, some past midnight, or always. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Checkbox, TextInput } from '@mantine/core'
import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { formatNumber } from '~/i18n/index.ts'
import { minutesAWeek, minutesOf, OFFICE, WEEKDAYS } from '../hours.ts'
import { type ProfileForm, type ProfileProblem, type Typed, typed, weekOf } from '../profile-form.ts'
import { weekdayName } from '../weekday-words.ts'
import css from './profile.module.css'

interface WeekEditorProps {
  form: ProfileForm
  set: (part: Partial<ProfileForm>) => void
  problems: readonly ProfileProblem[]
}

export const dayId = (day: number): string => `hours-${day}`

export function WeekEditor({ form, set, problems }: WeekEditorProps) {
  const { t } = useLingui()
  const week = weekOf(form)
  const change = (day: number, next: readonly Typed[]) =>
    set({ days: form.days.map((each, at) => (at === day ? next : each)) })
  const toAll = (day: number) =>
    set({
      days: form.days.map((each, at) =>
        at > day && at < 5
          ? (form.days[day] ?? []).map(({ from, to }) => ({ ...typed({ start: 0, end: 1 }), from, to }))
          : each,
      ),
    })
  return (
    <div className={css.fields}>
      <Checkbox
        label={t`Open day and night, every day`}
        checked={form.always}
        onChange={(event) => {
          const always = event.currentTarget.checked
          set({ always, ...(!always && { days: OFFICE.map((day) => day.map(typed)) }) })
        }}
      />
      {!form.always && (
        <>
          <ul className={css.week}>
            {WEEKDAYS.map((day) => (
              <li key={day}>
                <Day
                  day={day}
                  intervals={form.days[day] ?? []}
                  problem={problems.find(({ at }) => at === day)}
                  onChange={(next) => change(day, next)}
                  onToAll={day < 4 ? () => toAll(day) : undefined}
                />
              </li>
            ))}
          </ul>
          <p className={css.hint} role="status">
            {week ? <Trans>{formatNumber(minutesAWeek(week) / 60, 1)} hours a week.</Trans> : null}
          </p>
        </>
      )}
    </div>
  )
}

interface DayProps {
  day: number
  intervals: readonly Typed[]
  problem: ProfileProblem | undefined
  onChange: (next: readonly Typed[]) => void
  onToAll?: () => void
}

function Day({ day, intervals, problem, onChange, onToAll }: DayProps) {
  const { t } = useLingui()
  const name = weekdayName(day)
  const set = (key: string, part: Partial<Typed>) =>
    onChange(intervals.map((each) => (each.key === key ? { ...each, ...part } : each)))
  const add = () => {
    const last = intervals.at(-1)
    const start = last ? Math.min((minutesOf(last.to) ?? 780) + 60, 1320) : 570
    onChange([...intervals, typed({ start, end: last ? Math.min(start + 120, 1439) : 1080 })])
  }
  return (
    <fieldset className={css.weekday}>
      <legend className="l-visually-hidden">{name}</legend>
      <span className={css.weekdayName} aria-hidden>
        {name}
      </span>
      <div className={css.intervals}>
        {intervals.length === 0 && (
          <p className={css.closed}>
            <Trans>Closed</Trans>
          </p>
        )}
        {intervals.map((each, at) => (
          <Row
            key={each.key}
            id={at === 0 ? dayId(day) : undefined}
            value={each}
            day={name}
            onChange={(part) => set(each.key, part)}
            onRemove={() => onChange(intervals.filter(({ key }) => key !== each.key))}
          />
        ))}
        {problem && (
          <p className={css.wrong}>
            {problem.fault === 'overlap' ? (
              <Trans>Two of these overlap.</Trans>
            ) : (
              <Trans>Give both times, and not the same.</Trans>
            )}
          </p>
        )}
      </div>
      <span className={css.buttons}>
        {onToAll && intervals.length > 0 && (
          <ActionIcon
            aria-label={t`Use the hours of ${name} until Friday`}
            title={t`Until Friday the same`}
            onClick={onToAll}
          >
            <IconCopy size={16} />
          </ActionIcon>
        )}
        <ActionIcon
          id={intervals.length === 0 ? dayId(day) : undefined}
          aria-label={t`Add hours on ${name}`}
          title={t`Add hours`}
          onClick={add}
        >
          <IconPlus size={16} />
        </ActionIcon>
      </span>
    </fieldset>
  )
}

interface RowProps {
  id: string | undefined
  value: Typed
  day: string
  onChange: (part: Partial<Typed>) => void
  onRemove: () => void
}

function Row({ id, value, day, onChange, onRemove }: RowProps) {
  const { t } = useLingui()
  const [start, end] = [minutesOf(value.from), minutesOf(value.to)]
  const over = start !== null && end !== null && end < start
  return (
    <div className={css.interval}>
      <TextInput
        id={id}
        className={css.time}
        type="time"
        aria-label={t`${day}, from`}
        value={value.from}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <span aria-hidden>–</span>
      <TextInput
        className={css.time}
        type="time"
        aria-label={t`${day}, to`}
        // 24:00 is the day's end, which a field for times cannot show: it is the next day's 00:00.
        value={value.to === '24:00' ? '00:00' : value.to}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <ActionIcon aria-label={t`Remove ${value.from} to ${value.to} on ${day}`} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
      {over && (
        <span className={css.hint}>
          <Trans>until the next day</Trans>
        </span>
      )}
    </div>
  )
}
