/** How the providers do that one's requests went to, the busiest first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schema } from '~/api/index.ts'
import { OPEN_STATUSES } from '~/features/requests/index.ts'
import { formatDuration, formatNumber, formatPercent } from '~/i18n/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { providersQuery } from '../queries.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

type Figures = Schema<'ProviderFiguresOut'>
const SHOWN = 6
/** Fewer cases say nothing of a provider. */
const ENOUGH = 5
const HOUR = 3_600
/** From here on minutes say nothing. */
const LONG_HOURS = 10

const rounded = (hours: number) => (hours >= LONG_HOURS ? Math.round(hours) : hours)

export function ProvidersCard({ place }: { place: number }) {
  const { t } = useLingui()
  const figures = useQuery(providersQuery)
  return (
    <Card
      place={place}
      title={t`Providers`}
      flush
      actions={
        <Link to={'/providers' as string} className={css.textLink}>
          <Trans>All</Trans>
        </Link>
      }
    >
      <QueryState query={figures} lines={5}>
        {({ providers }) =>
          providers.length > 0 ? (
            <Table rows={providers.slice(0, SHOWN)} />
          ) : (
            <EmptyState title={<Trans>No provider has a request of yours yet</Trans>} />
          )
        }
      </QueryState>
    </Card>
  )
}

function Table({ rows }: { rows: readonly Figures[] }) {
  const { t } = useLingui()
  return (
    <table className={css.table} aria-label={t`Providers`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Provider</Trans>
          </th>
          <th scope="col">
            <Trans context="not ended">Open</Trans>
          </th>
          <th scope="col">
            <Trans>Overdue</Trans>
          </th>
          <th scope="col">
            <Trans>On time</Trans>
          </th>
          <th scope="col">
            <Trans>Median</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.provider_tenant.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: Figures }) {
  const { t } = useLingui()
  const { id, name } = row.provider_tenant
  const at = { status: OPEN_STATUSES, provider_tenant_id: id }
  const few = t`Too little data: ${row.completed} completed`
  const kept = row.completed >= ENOUGH ? row.compliance_rate : null
  const median = row.completed >= ENOUGH ? row.median_hours : null
  return (
    <tr>
      <th scope="row">
        <Link to={'/providers/$tenantId' as string} params={{ tenantId: id } as never} className={css.textLink}>
          {name}
        </Link>
      </th>
      <td>
        <ListLink search={at} className={css.textLink}>
          {formatNumber(row.open)}
        </ListLink>
      </td>
      <td>
        {row.breached > 0 ? (
          <ListLink search={{ ...at, sla: 'breached' }} className={css.badLink}>
            {formatNumber(row.breached)}
          </ListLink>
        ) : (
          formatNumber(0)
        )}
      </td>
      <td title={kept === null ? few : undefined}>{kept === null ? <Few words={few} /> : formatPercent(kept)}</td>
      <td title={median === null ? few : undefined}>
        {median === null ? <Few words={few} /> : formatDuration(rounded(median) * HOUR)}
      </td>
    </tr>
  )
}

function Few({ words }: { words: string }) {
  return (
    <>
      <span aria-hidden>–</span>
      <span className="l-visually-hidden">{words}</span>
    </>
  )
}
