/** Questions that the agency has answered: the work can go on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconMessageCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { topQuery } from '~/features/requests/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'
import { Rows } from './Rows.tsx'

const SHOWN = 5
const ANSWERED = { clarification: 'answered' as const }

export function AnsweredCard({ place }: { place: number }) {
  const { t } = useLingui()
  const list = useQuery(topQuery(ANSWERED, 'sla_due_date', SHOWN))
  return (
    <Card
      place={place}
      title={t`Questions answered`}
      flush
      actions={
        (list.data?.total ?? 0) > SHOWN && (
          <ListLink search={ANSWERED} className={css.textLink}>
            <Trans>All</Trans>
          </ListLink>
        )
      }
    >
      <QueryState query={list} lines={3}>
        {({ items }) =>
          items.length > 0 ? (
            <Rows items={items} party={(row) => row.agency_tenant.name} />
          ) : (
            <EmptyState
              icon={<IconMessageCheck size={22} stroke={1.6} />}
              title={<Trans>No answer waits for you</Trans>}
            >
              <Trans>When an officer answers your question, the request stands here.</Trans>
            </EmptyState>
          )
        }
      </QueryState>
    </Card>
  )
}
