/** The numbers a provider begins the day with, each the list behind it. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { countsQuery, forecastQuery, OPEN_STATUSES, type RequestFilters } from '~/features/requests/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { ErrorState } from '~/ui/index.ts'
import { dueToday } from '../due.ts'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

export function ProviderFigures() {
  const { t } = useLingui()
  const counts = useQuery(countsQuery)
  const promises = useQuery(forecastQuery)
  const open = counts.data?.open
  const day = promises.data
  if (counts.error && !counts.data) return <ErrorState error={counts.error} retry={() => void counts.refetch()} />
  return (
    <nav className={css.tiles} aria-label={t`Figures of today`}>
      <Figure
        name={t`To acknowledge`}
        count={counts.data?.status.SUBMITTED}
        filters={{ status: ['SUBMITTED'] }}
        tone="warn"
      />
      <Figure
        name={t`Due today`}
        count={day?.forecast.will_breach}
        filters={day ? dueToday(day.as_of, day.forecast.until) : { status: OPEN_STATUSES }}
        tone="warn"
      />
      <Figure
        name={t`Due soon`}
        count={open?.due_soon}
        filters={{ status: OPEN_STATUSES, sla: 'due_soon' }}
        tone="warn"
      />
      <Figure
        name={t`Overdue`}
        count={open?.breached}
        filters={{ status: OPEN_STATUSES, sla: 'breached' }}
        tone="bad"
      />
      <Figure
        name={t`Questions answered`}
        count={open?.clarification_answered}
        filters={{ clarification: 'answered' }}
      />
    </nav>
  )
}

interface FigureProps {
  name: string
  count: number | undefined
  filters: RequestFilters
  /** How it looks when there is any. */
  tone?: 'warn' | 'bad'
}

function Figure({ name, count, filters, tone }: FigureProps) {
  const look = count ? (tone === 'bad' ? css.tileBad : tone === 'warn' ? css.tileWarn : undefined) : undefined
  return (
    <ListLink search={filters} className={clsx(css.tile, look)}>
      <span className={css.tileNumber}>{count === undefined ? '…' : formatNumber(count)}</span>
      <span className={css.tileName}>{name}</span>
    </ListLink>
  )
}
