/** The period that is asked about: two days, the usual ones at hand, and what they come to. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { formatNumber, formatPlainDate } from '~/i18n/index.ts'
import { useNow } from '~/ui/index.ts'
import { daysBetween, lastDays, type PeriodFault, periodFault, todayInIndia } from '../period.ts'
import { FieldLabel } from './AnswerField.tsx'
import css from './wizard.module.css'

interface PeriodFieldsProps {
  from: string
  to: string
  onChange: (period: { from: string; to: string }) => void
  required: boolean
  mostDays: number | null
  /** What the server says of either day. */
  problems?: { from?: string; to?: string }
  disabled?: boolean
  legend?: string
}

const PRESETS = [7, 30, 90, 180, 365]
const OLDEST = '2000-01-01'

export function PeriodFields({
  from,
  to,
  onChange,
  required,
  mostDays,
  problems,
  disabled,
  legend,
}: PeriodFieldsProps) {
  const { t } = useLingui()
  const today = todayInIndia(useNow(60_000))
  const fault = periodFault(from, to, today, mostDays)
  const input = { type: 'date', min: OLDEST, max: today, disabled } as const
  return (
    <fieldset className={css.plainFieldset}>
      <legend className={legend ? css.legend : 'l-visually-hidden'}>{legend ?? t`Period`}</legend>
      <div className={css.fields}>
        <div className={css.pair}>
          <TextInput
            {...input}
            id="date_range_from"
            label={<FieldLabel required={required}>{t`First day`}</FieldLabel>}
            value={from}
            error={problems?.from}
            onChange={(event) => onChange({ from: event.currentTarget.value, to })}
          />
          <TextInput
            {...input}
            id="date_range_to"
            label={<FieldLabel required={required}>{t`Last day`}</FieldLabel>}
            value={to}
            error={
              problems?.to ?? (fault && fault !== 'incomplete' ? <Fault fault={fault} mostDays={mostDays} /> : null)
            }
            onChange={(event) => onChange({ from, to: event.currentTarget.value })}
          />
        </div>
        <div className={css.presets}>
          {PRESETS.filter((days) => mostDays === null || days <= mostDays).map((days) => (
            <Button
              key={days}
              size="xs"
              variant="default"
              disabled={disabled}
              onClick={() => onChange(lastDays(today, days))}
            >
              <Plural value={days} one="Last day" other="Last # days" />
            </Button>
          ))}
        </div>
        <Sum from={from} to={to} mostDays={mostDays} />
      </div>
    </fieldset>
  )
}

function Fault({ fault, mostDays }: { fault: PeriodFault; mostDays: number | null }) {
  if (fault === 'reversed') return <Trans>The last day lies before the first. Swap them.</Trans>
  if (fault === 'future') return <Trans>The period lies in the future: there is no data yet.</Trans>
  return <Trans>The provider gives {formatNumber(mostDays ?? 0)} days at most. Shorten it or split the request.</Trans>
}

function Sum({ from, to, mostDays }: { from: string; to: string; mostDays: number | null }) {
  const days = from && to ? daysBetween(from, to) : 0
  return (
    <p className={css.hint} role="status">
      {days > 0 && (
        <>
          <strong>
            <Trans>
              {formatPlainDate(from)} to {formatPlainDate(to)}
            </Trans>
          </strong>
          {', '}
          <Plural value={days} one="# day, both ends counted." other="# days, both ends counted." />{' '}
        </>
      )}
      {mostDays !== null && (
        <Plural value={mostDays} one="This provider gives # day at most." other="This provider gives # days at most." />
      )}
    </p>
  )
}
