/** How promises are kept: compliance and turnaround over months, the share of the time used, when requests come. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Schema } from '~/api/index.ts'
import { Heat, Histogram, Lines, StackedBars, TooFew } from '~/charts/index.ts'
import { formatMonth, formatNumber } from '~/i18n/index.ts'
import { Panel } from '~/ui/index.ts'
import { count, FEW, FEW_IN_A_MONTH, percent } from '../format.ts'
import { Definition } from './Definition.tsx'
import css from './metrics.module.css'

type Sla = Schema<'SlaFiguresOut'>

export function Promises({ sla, months }: { sla: Sla; months: number }) {
  const { t } = useLingui()
  const rows = sla.by_month.slice(-months)
  const names = rows.map((row) => formatMonth(row.month))
  const decided = rows.reduce((sum, row) => sum + row.met + row.missed, 0)
  const completed = rows.reduce((sum, row) => sum + row.completed, 0)
  const hoursOf = (value: number) => formatNumber(value, 1)
  return (
    <div className={css.two}>
      <Panel
        title={<Trans>Promises kept, by month</Trans>}
        note={<Trans>Requests by the month in which they were due</Trans>}
        actions={<Definition of={t`Promises kept, by month`} figure="by_month.met" />}
      >
        {decided === 0 ? (
          <TooFew n={0} />
        ) : (
          <StackedBars
            label={t`Promises kept and missed, by month`}
            nameHead={t`Month`}
            names={names}
            format={count}
            series={[
              { name: t`Met`, values: rows.map((row) => row.met), tone: 'var(--l-series-2)' },
              { name: t`Missed`, values: rows.map((row) => row.missed), tone: 'var(--l-series-5)' },
            ]}
          />
        )}
      </Panel>
      <Panel
        title={<Trans>Compliance over time</Trans>}
        note={
          <Trans>Percent of the promises of each month; months with fewer than {FEW_IN_A_MONTH} are left out</Trans>
        }
        actions={<Definition of={t`Compliance over time`} figure="by_month.compliance_rate" />}
      >
        {decided < FEW ? (
          <TooFew n={decided} />
        ) : (
          <Lines
            label={t`Compliance by month, percent`}
            nameHead={t`Month`}
            names={names}
            max={100}
            format={(value) => percent(value)}
            series={[
              {
                name: t`Compliance`,
                values: rows.map((row) => (row.met + row.missed < FEW_IN_A_MONTH ? null : row.compliance_rate)),
                tone: 'var(--l-series-2)',
              },
            ]}
          />
        )}
      </Panel>
      <Panel
        title={<Trans>Turnaround</Trans>}
        note={<Trans>Hours from submission to completion, by the month of completion</Trans>}
        actions={<Definition of={t`Turnaround`} figure="by_month.turnaround_p90_hours" />}
      >
        {completed < FEW ? (
          <TooFew n={completed} />
        ) : (
          <Lines
            label={t`Turnaround by month, hours`}
            nameHead={t`Month`}
            names={names}
            format={hoursOf}
            series={[
              { name: t`Median`, values: rows.map((row) => row.turnaround_median_hours) },
              {
                name: t`Nine of ten within`,
                values: rows.map((row) => row.turnaround_p90_hours),
                tone: 'var(--l-series-3)',
              },
            ]}
          />
        )}
      </Panel>
      <Panel
        title={<Trans>Share of the time used</Trans>}
        note={<Trans>Completed requests; beyond 100 percent they were late</Trans>}
        actions={<Definition of={t`Share of the time used`} figure="histogram" />}
      >
        <ShareUsed shares={sla.histogram} />
      </Panel>
      <Panel
        className={css.wide}
        title={<Trans>When requests come</Trans>}
        note={<Trans>Submissions by weekday and hour, Indian time</Trans>}
        actions={<Definition of={t`When requests come`} figure="submissions" />}
      >
        <Submissions rows={sla.submissions} />
      </Panel>
    </div>
  )
}

function ShareUsed({ shares }: { shares: Sla['histogram'] }) {
  const { t } = useLingui()
  const n = shares.reduce((sum, share) => sum + share.count, 0)
  if (n === 0) return <TooFew n={0} />
  return (
    <Histogram
      label={t`Completed requests by the share of the promised time`}
      nameHead={t`Share, percent`}
      names={shares.map(({ from_percent: from, to_percent: to }) => (to === null ? `> ${from}` : `${from}–${to}`))}
      format={count}
      series={{ name: t`Requests`, values: shares.map((share) => share.count), tone: 'var(--l-series-1)' }}
    />
  )
}

function Submissions({ rows }: { rows: Sla['submissions'] }) {
  const { t } = useLingui()
  const days: Record<string, string> = {
    MON: t`Mon`,
    TUE: t`Tue`,
    WED: t`Wed`,
    THU: t`Thu`,
    FRI: t`Fri`,
    SAT: t`Sat`,
    SUN: t`Sun`,
  }
  return (
    <Heat
      label={t`Submissions by weekday and hour`}
      rowHead={t`Day`}
      rows={rows.map((row) => days[row.weekday] ?? row.weekday)}
      columns={Array.from({ length: 24 }, (_, hour) => String(hour))}
      values={rows.map((row) => row.hours)}
      format={count}
    />
  )
}
