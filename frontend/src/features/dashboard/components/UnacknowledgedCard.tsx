/** What has arrived and nobody has acknowledged: the oldest first, one by one or all at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { BulkSteps, type BulkStepsProps, forecastQuery, type Listed, topQuery } from '~/features/requests/index.ts'
import { formatDateTime, formatNumber } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'
import { Rows } from './Rows.tsx'

/** As many as one step takes at once. */
const SHOWN = 8
const NEW = { status: ['SUBMITTED' as const] }
const none: readonly Listed[] = []

export function UnacknowledgedCard({ place }: { place: number }) {
  const { t } = useLingui()
  const list = useQuery(topQuery(NEW, 'submitted_at', SHOWN))
  const [wanted, setWanted] = useState<BulkStepsProps['wanted']>(null)
  const items = list.data?.items ?? none
  const begin = (step: 'acknowledge' | 'assign', rows: readonly Listed[]) => {
    if (rows.length === 0) return false
    setWanted({ step, rows })
    return true
  }
  useKeys(
    {
      a: { run: () => begin('acknowledge', items), label: t`Acknowledge` },
      m: { run: () => begin('assign', items), label: t`Assign` },
    },
    { scope: t`Dashboard` },
  )
  const total = list.data?.total ?? 0
  return (
    <Card
      place={place}
      title={t`To acknowledge`}
      note={total > 0 ? t`The one that has waited longest comes first` : undefined}
      flush
      actions={
        items.length > 1 && (
          <Button size="compact-sm" onClick={() => begin('acknowledge', items)}>
            <Trans>Acknowledge {formatNumber(items.length)}</Trans>
          </Button>
        )
      }
    >
      <QueryState query={list} lines={4}>
        {() => (items.length > 0 ? <Arrived items={items} total={total} begin={begin} /> : <NothingWaits />)}
      </QueryState>
      <BulkSteps wanted={wanted} onClose={() => setWanted(null)} />
    </Card>
  )
}

interface ArrivedProps {
  items: readonly Listed[]
  total: number
  begin: (step: 'acknowledge', rows: readonly Listed[]) => boolean
}

function Arrived({ items, total, begin }: ArrivedProps) {
  return (
    <>
      <Rows
        items={items}
        party={(row) => row.agency_tenant.name}
        end={(row) => (
          <span className={css.state}>
            <SlaClock request={row} />
            {row.abilities.acknowledge && (
              <Button size="compact-sm" variant="default" onClick={() => begin('acknowledge', [row])}>
                <Trans>Acknowledge</Trans>
                <span className="l-visually-hidden"> {row.request_number}</span>
              </Button>
            )}
          </span>
        )}
      />
      {total > items.length && (
        <p className={css.allLink}>
          <ListLink search={{}} className={css.textLink}>
            <Trans>All {formatNumber(total)}</Trans>
          </ListLink>
        </p>
      )}
    </>
  )
}

function NothingWaits() {
  const { data } = useQuery(forecastQuery)
  const next = data?.forecast.next_due_date
  const at = next && formatDateTime(next)
  return (
    <EmptyState icon={<IconInbox size={22} stroke={1.6} />} title={<Trans>Nothing waits to be acknowledged</Trans>}>
      {at ? <Trans>The next request is due {at}.</Trans> : <Trans>No request has a due date to come.</Trans>}
    </EmptyState>
  )
}
