/** Figures side by side: by provider, by item or type, by member of the team. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Schema } from '~/api/index.ts'
import { Sparkline } from '~/charts/index.ts'
import { formatMonth, formatNumber, useTerm } from '~/i18n/index.ts'
import { EmptyState, Panel } from '~/ui/index.ts'
import { count, hours, percent } from '../format.ts'
import css from './metrics.module.css'

interface FiguresProps {
  label: string
  head: readonly ReactNode[]
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
}

function Figures({ label, head, rows }: FiguresProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={label}>
      <table className={css.table}>
        <caption className="l-visually-hidden">{label}</caption>
        <thead>
          <tr>
            {head.map((cell, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
              <th scope="col" key={column}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th scope="row" key="name">
                    {cell}
                  </th>
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns keep their places
                  <td key={column}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

export function ProviderTable({ figures }: { figures: Schema<'ProvidersFiguresOut'> }) {
  const { t } = useLingui()
  if (figures.providers.length === 0) return <Nothing />
  return (
    <Figures
      label={t`Figures`}
      head={[
        <Trans key="p">Provider</Trans>,
        <Trans key="n">Requests</Trans>,
        <Trans key="o">Open</Trans>,
        <Trans key="b">Overdue</Trans>,
        <Trans key="c">Compliance</Trans>,
        <Trans key="m">Median</Trans>,
        <Trans key="a">Acknowledged in</Trans>,
        <Trans key="d">Declined</Trans>,
        <Trans key="q">Asked back</Trans>,
        <Trans key="r">Rating</Trans>,
        <Trans key="s">Completed, 12 months</Trans>,
      ]}
      rows={figures.providers.map((row) => ({
        key: row.provider_tenant.id,
        cells: [
          <Link key="p" to="/providers/$tenantId" params={{ tenantId: row.provider_tenant.id }}>
            {row.provider_tenant.name}
          </Link>,
          count(row.n),
          count(row.open),
          count(row.breached),
          percent(row.compliance_rate),
          hours(row.median_hours),
          hours(row.acknowledgement_median_hours),
          percent(row.declined_rate),
          percent(row.clarification_rate),
          row.rating_average === null ? '–' : <RatingOf key="r" value={row.rating_average} n={row.rating_count} />,
          <MonthLine
            key="s"
            name={row.provider_tenant.name}
            months={figures.months}
            values={row.completed_per_month}
          />,
        ],
      }))}
    />
  )
}

function RatingOf({ value, n }: { value: number; n: number }) {
  const { t } = useLingui()
  const written = formatNumber(value, 1)
  return <span title={t`${n} ratings`}>★ {written}</span>
}

function MonthLine({ name, months, values }: { name: string; months: readonly string[]; values: readonly number[] }) {
  const { t } = useLingui()
  const told = months.map((month, at) => `${formatMonth(month)} ${values[at] ?? 0}`).join(', ')
  return <Sparkline label={t`${name}, completed by month: ${told}`} values={values} />
}

type Kept = Pick<Schema<'ItemKeptOut'>, 'n' | 'compliance_rate' | 'median_hours' | 'p90_hours'>
const kept = (row: Kept) => [count(row.n), percent(row.compliance_rate), hours(row.median_hours), hours(row.p90_hours)]

export function ByItem({ sla }: { sla: Schema<'SlaFiguresOut'> }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>By catalog item</Trans>} note={<Trans>What was promised, and what it took</Trans>} flush>
      {sla.by_catalog_item.length === 0 ? (
        <Nothing />
      ) : (
        <Figures
          label={t`Figures by catalog item`}
          head={[
            <Trans key="i">Item</Trans>,
            <Trans key="h">Promised</Trans>,
            <Trans key="n">Completed</Trans>,
            <Trans key="c">Compliance</Trans>,
            <Trans key="m">Median</Trans>,
            <Trans key="p">Nine of ten within</Trans>,
          ]}
          rows={sla.by_catalog_item.map((row) => ({
            key: row.item?.id ?? 'none',
            cells: [
              row.item ? row.item.name : t`Without an item`,
              row.promised_hours === null ? '–' : hours(row.promised_hours),
              ...kept(row),
            ],
          }))}
        />
      )}
    </Panel>
  )
}

export function ByType({ sla }: { sla: Schema<'SlaFiguresOut'> }) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <Panel title={<Trans>By type of request</Trans>} flush>
      {sla.by_request_type.length === 0 ? (
        <Nothing />
      ) : (
        <Figures
          label={t`Figures by type of request`}
          head={[
            <Trans key="t">Type</Trans>,
            <Trans key="n">Completed</Trans>,
            <Trans key="c">Compliance</Trans>,
            <Trans key="m">Median</Trans>,
            <Trans key="p">Nine of ten within</Trans>,
          ]}
          rows={sla.by_request_type.map((row) => ({
            key: row.request_type,
            cells: [term('requestType', row.request_type), ...kept(row)],
          }))}
        />
      )}
    </Panel>
  )
}

export function ByAgency({ sla }: { sla: Schema<'SlaFiguresOut'> }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>By unit that asked</Trans>} flush>
      {sla.by_agency.length === 0 ? (
        <Nothing />
      ) : (
        <Figures
          label={t`Figures by unit that asked`}
          head={[
            <Trans key="u">Unit</Trans>,
            <Trans key="n">Completed</Trans>,
            <Trans key="c">Compliance</Trans>,
            <Trans key="m">Median</Trans>,
            <Trans key="p">Nine of ten within</Trans>,
          ]}
          rows={sla.by_agency.map((row) => ({
            key: row.agency_tenant.id,
            cells: [row.agency_tenant.name, ...kept(row)],
          }))}
        />
      )}
    </Panel>
  )
}

export function TeamTable({ team }: { team: NonNullable<Schema<'ProvidersFiguresOut'>['team']> }) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>The team</Trans>} note={<Trans>By whom requests are assigned to now</Trans>} flush>
      <Figures
        label={t`Figures by member of the team`}
        head={[
          <Trans key="w">Who</Trans>,
          <Trans key="o">Open</Trans>,
          <Trans key="d">Due soon</Trans>,
          <Trans key="b">Overdue</Trans>,
          <Trans key="c">Completed in 30 days</Trans>,
          <Trans key="m">Median</Trans>,
        ]}
        rows={team.map((row) => ({
          key: row.user?.id ?? 'nobody',
          cells: [
            row.user?.name ?? t`Nobody yet`,
            count(row.open),
            count(row.due_soon),
            count(row.overdue),
            count(row.completed_30_days),
            hours(row.median_hours),
          ],
        }))}
      />
    </Panel>
  )
}

function Nothing() {
  return (
    <EmptyState title={<Trans>Nothing was completed in this time</Trans>}>
      <Trans>Figures appear with the first completed request.</Trans>
    </EmptyState>
  )
}
