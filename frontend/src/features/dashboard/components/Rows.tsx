/** A few requests of a list, one line each, with what matters of them at the end. */
import type { ReactNode } from 'react'
import type { Listed } from '~/features/requests/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { PriorityBadge } from '~/ui/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import css from './dashboard.module.css'
import { RequestLink } from './ListLink.tsx'

interface RowsProps {
  items: readonly Listed[]
  /** The other side of each request. */
  party?: (row: Listed) => string
  end?: (row: Listed) => ReactNode
}

export function Rows({ items, party, end }: RowsProps) {
  const term = useTerm()
  return (
    <ul className={css.rows}>
      {items.map((row) => (
        <li key={row.id} className={css.row}>
          <div className={css.rowText}>
            <span className={css.rowTitle}>
              <RequestLink id={row.id} className={css.rowLink}>
                {row.request_number}
              </RequestLink>
              <PriorityBadge priority={row.priority} />
            </span>
            <span className={css.rowNote}>
              {term('requestType', row.request_type)} · {party ? party(row) : row.provider_tenant.name}
            </span>
          </div>
          <div className={css.rowEnd}>{end ? end(row) : <SlaClock request={row} />}</div>
        </li>
      ))}
    </ul>
  )
}
