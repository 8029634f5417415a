/** What comes due when: the numbers of the server, each the list behind it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { forecastQuery } from '~/features/requests/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { type Bucket, dueBuckets } from '../due.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

const LOOK: Record<Bucket, string | undefined> = {
  breached: css.breached,
  next_4_hours: css.due_soon,
  next_24_hours: css.due_soon,
  next_72_hours: css.on_track,
  later: css.on_track,
  paused: css.paused,
}

export function DueCard({ place }: { place: number }) {
  const { t } = useLingui()
  const promises = useQuery(forecastQuery)
  const words: Record<Bucket, string> = {
    breached: t`Overdue`,
    next_4_hours: t`Within 4 hours`,
    next_24_hours: t`Within 24 hours`,
    next_72_hours: t`Within 3 days`,
    later: t`Later`,
    paused: t`Paused`,
  }
  return (
    <Card place={place} title={t`Comes due`}>
      <QueryState query={promises} lines={5}>
        {({ due_next, as_of }) => {
          const buckets = dueBuckets(due_next, as_of)
          const most = Math.max(...buckets.map(({ count }) => count))
          if (most === 0) return <EmptyState title={<Trans>No request is open</Trans>} />
          return (
            <ul className={css.legend}>
              {buckets.map(({ name, count, filters }) => (
                <li key={name}>
                  <ListLink search={filters} className={clsx(css.legendLink, css.dueLink)}>
                    <span className={css.dueName}>{words[name]}</span>
                    <span className={css.load} aria-hidden>
                      {count > 0 && <span className={LOOK[name]} style={{ inlineSize: `${(count / most) * 100}%` }} />}
                    </span>
                    <strong>{formatNumber(count)}</strong>
                  </ListLink>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryState>
    </Card>
  )
}
