import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Schema } from '~/api/index.ts'
import { Bars, StackedBars } from '~/charts/index.ts'
import { STATUSES } from '~/domain/status.ts'
import { formatMonth, formatNumber, useTerm } from '~/i18n/index.ts'
import { Page, Panel, QueryState } from '~/ui/index.ts'
import { Definition } from '../components/Definition.tsx'
import css from '../components/metrics.module.css'
import { Promises } from '../components/Promises.tsx'
import { Range, useRange } from '../components/Range.tsx'
import { ByItem, ByType, ProviderTable } from '../components/Tables.tsx'
import { Tiles } from '../components/Tiles.tsx'
import { useListAddress } from '../components/use-lists.ts'
import { count, hours, percent } from '../format.ts'
import { overviewQuery, promisesQuery, providersQuery } from '../queries.ts'

type Overview = Schema<'OverviewOut'>

export default function EnforcementMetricsPage() {
  const { t } = useLingui()
  const [months, setMonths] = useRange()
  const overview = useQuery(overviewQuery)
  const promises = useQuery(promisesQuery)
  const providers = useQuery(providersQuery)
  return (
    <Page
      title={t`Analytics`}
      lead={overview.data && <Scope scope={overview.data.scope} />}
      actions={
        <>
          <Range months={months} onChange={setMonths} />
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            <Trans>Print</Trans>
          </Button>
        </>
      }
    >
      <QueryState query={overview} lines={8}>
        {(data) => <OverviewFigures overview={data} months={months} />}
      </QueryState>
      <QueryState query={promises} lines={8}>
        {(data) => <Promises sla={data} months={months} />}
      </QueryState>
      <Panel
        title={<Trans>Providers side by side</Trans>}
        note={<Trans>The last 12 months, the busiest first</Trans>}
        actions={<Definition of={t`Providers side by side`} figure="providers" />}
        flush
      >
        <QueryState query={providers}>{(data) => <ProviderTable figures={data} />}</QueryState>
      </Panel>
      {promises.data && (
        <>
          <ByItem sla={promises.data} />
          <ByType sla={promises.data} />
        </>
      )}
    </Page>
  )
}

function Scope({ scope }: { scope: string }) {
  if (scope === 'PLATFORM') return <Trans>Over all requests of the platform.</Trans>
  if (scope === 'TENANT') return <Trans>Over the requests of your unit that you see.</Trans>
  return <Trans>Over your own requests and those that you take part in.</Trans>
}

function OverviewFigures({ overview, months }: { overview: Overview; months: number }) {
  const { t } = useLingui()
  const term = useTerm()
  const list = useListAddress('/requests')
  const rows = overview.per_month.slice(-months)
  const rating = overview.responses.average_rating
  return (
    <>
      <Tiles
        label={t`Figures`}
        tiles={[
          {
            name: t`Requests`,
            figure: <a href={list({})}>{count(overview.total)}</a>,
            note: t`${count(overview.open)} open`,
            definition: 'total',
          },
          {
            name: t`Promises kept`,
            figure: percent(overview.sla_compliance_rate),
            note: t`of ${count(overview.by_status.COMPLETED ?? 0)} completed`,
            definition: 'sla_compliance_rate',
          },
          {
            name: t`Median turnaround`,
            figure: hours(overview.median_hours_to_complete),
            note: t`average ${hours(overview.average_hours_to_complete)}`,
            definition: 'median_hours_to_complete',
          },
          {
            name: t`To approve`,
            figure: hours(overview.average_hours_to_approve),
            note: t`on average`,
            definition: 'average_hours_to_approve',
          },
          {
            name: t`Declined`,
            figure: percent(overview.declined_rate),
            note: t`of what was submitted`,
            definition: 'declined_rate',
          },
          {
            name: t`Rating`,
            figure: rating === null || rating === undefined ? '–' : `★ ${formatNumber(rating, 1)}`,
            note: t`${count(overview.responses.total)} responses`,
            definition: 'responses',
          },
        ]}
      />
      <Panel
        title={<Trans>Requests by month</Trans>}
        actions={<Definition of={t`Requests by month`} figure="per_month" />}
      >
        <StackedBars
          grouped
          label={t`Requests by month`}
          nameHead={t`Month`}
          names={rows.map((row) => formatMonth(row.month))}
          format={count}
          series={[
            { name: t`Created`, values: rows.map((row) => row.created), tone: 'var(--l-series-6)' },
            { name: t`Submitted`, values: rows.map((row) => row.submitted), tone: 'var(--l-series-1)' },
            { name: t`Completed`, values: rows.map((row) => row.completed), tone: 'var(--l-series-2)' },
          ]}
        />
      </Panel>
      <div className={css.two}>
        <Panel title={<Trans>By status</Trans>} actions={<Definition of={t`By status`} figure="by_status" />}>
          <Bars
            label={t`Requests by status`}
            nameHead={t`Status`}
            valueHead={t`Requests`}
            format={count}
            bars={STATUSES.map((status) => ({
              key: status,
              name: term('status', status),
              value: overview.by_status[status] ?? 0,
              href: list({ status: [status] }),
            }))}
          />
        </Panel>
        <Panel title={<Trans>By type</Trans>} actions={<Definition of={t`By type`} figure="by_type" />}>
          <Bars
            label={t`Requests by type`}
            nameHead={t`Type`}
            valueHead={t`Requests`}
            format={count}
            bars={overview.by_type.map((row) => ({
              key: row.request_type,
              name: term('requestType', row.request_type),
              value: row.count,
              href: list({ request_type: row.request_type }),
            }))}
          />
        </Panel>
      </div>
    </>
  )
}
