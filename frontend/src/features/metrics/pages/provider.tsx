import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Schema } from '~/api/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { Page, QueryState } from '~/ui/index.ts'
import { Promises } from '../components/Promises.tsx'
import { Range, useRange } from '../components/Range.tsx'
import { ByAgency, ByItem, ByType, TeamTable } from '../components/Tables.tsx'
import { type Tile, Tiles } from '../components/Tiles.tsx'
import { useListAddress } from '../components/use-lists.ts'
import { count, hours, percent } from '../format.ts'
import { promisesQuery, providersQuery } from '../queries.ts'

export default function ProviderMetricsPage() {
  const { t } = useLingui()
  const [months, setMonths] = useRange()
  const promises = useQuery(promisesQuery)
  const providers = useQuery(providersQuery)
  return (
    <Page
      title={t`Performance`}
      lead={<Trans>How your organisation keeps its promises. The last 12 months, all units that ask you.</Trans>}
      actions={
        <>
          <Range months={months} onChange={setMonths} />
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            <Trans>Print</Trans>
          </Button>
        </>
      }
    >
      <QueryState query={providers}>{(data) => <OwnFigures figures={data} />}</QueryState>
      <QueryState query={promises} lines={8}>
        {(data) => <Promises sla={data} months={months} />}
      </QueryState>
      {providers.data?.team && <TeamTable team={providers.data.team} />}
      {promises.data && (
        <>
          <ByItem sla={promises.data} />

          <ByAgency sla={promises.data} />
          <ByType sla={promises.data} />
        </>
      )}
    </Page>
  )
}

function OwnFigures({ figures }: { figures: Schema<'ProvidersFiguresOut'> }) {
  const { t } = useLingui()
  const list = useListAddress('/inbox')
  const [own] = figures.providers
  const tiles: Tile[] = own
    ? [
        {
          name: t`Promises kept`,
          figure: percent(own.compliance_rate),
          note: t`of ${count(own.completed)} completed`,
          definition: 'compliance_rate',
        },
        {
          name: t`Median turnaround`,
          figure: hours(own.median_hours),
          note: t`from submission to completion`,
          definition: 'median_hours',
        },
        {
          name: t`Acknowledged in`,
          figure: hours(own.acknowledgement_median_hours),
          note: t`median of ${count(own.acknowledged)}`,
          definition: 'acknowledgement_median_hours',
        },
        {
          name: t`Open`,
          figure: <a href={list({})}>{count(own.open)}</a>,
          note: t`of ${count(own.n)} received in 12 months`,
          definition: 'open',
        },
        {
          name: t`Overdue`,
          figure: <a href={list({ sla: 'breached' })}>{count(own.breached)}</a>,
          note: t`of the open ones`,
          definition: 'breached',
        },
        {
          name: t`Declined`,
          figure: percent(own.declined_rate),
          note: t`of what was received`,
          definition: 'declined_rate',
        },
        {
          name: t`Asked back`,
          figure: percent(own.clarification_rate),
          note: t`questions per hundred requests`,
          definition: 'clarification_rate',
        },
        {
          name: t`Rating`,
          figure: own.rating_average === null ? '–' : `★ ${formatNumber(own.rating_average, 1)}`,
          note: t`${count(own.rating_count)} ratings`,
          definition: 'rating_average',
        },
      ]
    : []
  return <Tiles label={t`Figures`} tiles={tiles} />
}
