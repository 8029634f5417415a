/** The requests that changed last. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { topQuery } from '~/features/requests/index.ts'
import { EmptyState, QueryState, StatusBadge, Time } from '~/ui/index.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'
import { Rows } from './Rows.tsx'

const SHOWN = 6
const NO_FILTER = {}

export function ActivityCard({ place }: { place: number }) {
  const { t } = useLingui()
  const list = useQuery(topQuery(NO_FILTER, '-updated_at', SHOWN))
  return (
    <Card
      place={place}
      title={t`Recent activity`}
      flush
      actions={
        <ListLink search={{ view: 'all', sort: '-updated_at' }} className={css.textLink}>
          <Trans>All</Trans>
        </ListLink>
      }
    >
      <QueryState query={list} lines={6}>
        {({ items }) =>
          items.length > 0 ? (
            <Rows
              items={items}
              end={(row) => (
                <span className={css.state}>
                  <StatusBadge status={row.status} />
                  <Time at={row.updated_at} />
                </span>
              )}
            />
          ) : (
            <EmptyState title={<Trans>Nothing has happened yet</Trans>}>
              <Trans>Each change of a request will stand here.</Trans>
            </EmptyState>
          )
        }
      </QueryState>
    </Card>
  )
}
