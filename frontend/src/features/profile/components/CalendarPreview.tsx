/** What the hours that are being edited would do: the month, the holidays ahead, and when promises would come due. */
import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { formatDateTime, formatDay, formatNumber, formatPlainDate, formatTime } from '~/i18n/index.ts'
import { ErrorSummary, Panel, problemsOf, QueryState, useNow } from '~/ui/index.ts'
import { localTime, type Week } from '../hours.ts'
import { calendarOf, type ProfileForm, weekOf } from '../profile-form.ts'
import { type Preview, previewQuery } from '../queries.ts'
import { Month } from './Month.tsx'
import css from './profile.module.css'

export function CalendarPreview({ id, form }: { id: string; form: ProfileForm }) {
  const [calendar] = useDebouncedValue(
    useMemo(() => calendarOf(form), [form]),
    350,
  )
  const [start, setStart] = useState('')
  const at = useMemo(() => startOf(start), [start])
  const query = useQuery({ ...previewQuery(id, calendar, at), placeholderData: keepPreviousData })
  const week = weekOf(form)
  return (
    <Panel
      title={<Trans>What this does to due dates</Trans>}
      note={<Trans>Before you save: nothing is changed by looking.</Trans>}
    >
      {!calendar || !week ? (
        <p className={css.hint}>
          <Trans>Correct the hours first: they cannot be counted yet.</Trans>
        </p>
      ) : query.error ? (
        <ErrorSummary problems={problemsOf(query.error, () => undefined)} focus={false} />
      ) : (
        <QueryState query={query} lines={8}>
          {(preview) => (
            <div className={css.fields}>
              <MonthOf preview={preview} week={week} form={form} />
              <Start value={start} onChange={setStart} />
              <Promises preview={preview} />
              <Ahead preview={preview} />
            </div>
          )}
        </QueryState>
      )}
    </Panel>
  )
}

/** What a field for date and time holds is Indian time, whatever the computer's own zone is. */
function startOf(typed: string): string | null {
  const at = Date.parse(`${typed}:00+05:30`)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

function MonthOf({ preview, week, form }: { preview: Preview; week: Week; form: ProfileForm }) {
  const now = useNow(60_000)
  const dateAt = (at: string | number) => localTime(new Date(at).getTime(), form.timeZone).date
  const due = new Set(preview.promises.map((each) => dateAt(each.business.due)))
  return <Month week={week} holidays={preview.holidays} today={dateAt(now)} due={due} />
}

function Start({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useLingui()
  return (
    <TextInput
      type="datetime-local"
      label={t`A request that comes in at`}
      description={value ? undefined : t`Left empty: now. Indian time.`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

function Promises({ preview }: { preview: Preview }) {
  return (
    <table className={css.promises}>
      <caption className="l-visually-hidden">
        <Trans>When promises would come due</Trans>
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Promise</Trans>
          </th>
          <th scope="col">
            <Trans>In working hours</Trans>
          </th>
          <th scope="col">
            <Trans>In elapsed hours</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {preview.promises.map((each) => (
          <tr key={each.hours}>
            <th scope="row">
              <Trans>{formatNumber(each.hours)} hours</Trans>
            </th>
            <td>
              <strong>
                {formatDay(each.business.due)}, {formatTime(each.business.due)}
              </strong>
              {Date.parse(each.business.due) === Date.parse(each.business_now) ? (
                <span className={css.same}>
                  <Trans>as saved now</Trans>
                </span>
              ) : (
                <span className={css.moved}>
                  <Trans>instead of {formatDateTime(each.business_now)}</Trans>
                </span>
              )}
            </td>
            <td>
              {formatDay(each.elapsed.due)}, {formatTime(each.elapsed.due)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SHOWN = 6

function Ahead({ preview }: { preview: Preview }) {
  const counting = preview.holidays.filter((holiday) => holiday.counts)
  if (counting.length === 0) {
    return (
      <p className={css.hint}>
        <Trans>No holiday closes you in the next twelve months.</Trans>
      </p>
    )
  }
  return (
    <div>
      <h3 className={css.hint}>
        <Trans>The next holidays that close you</Trans>
      </h3>
      <ul className={css.ahead}>
        {counting.slice(0, SHOWN).map(({ date, name }) => (
          <li key={date}>
            <span>{name}</span>
            <span>{formatPlainDate(date)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
