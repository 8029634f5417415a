/** The columns of a list of requests, for the officers' side and for the provider's. */
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type TermKind, useTerm } from '~/i18n/index.ts'
import { Person, PriorityBadge, StatusBadge, Time } from '~/ui/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import { type Column, csvMoment } from '~/ui/table/index.ts'
import type { Listed } from '../list-queries.ts'
import css from './list.module.css'

/** Columns that a list begins without. */
export const HIDDEN_AT_FIRST = ['created', 'case', 'creator'] as const

export interface ColumnOptions {
  /** The reader is the provider: the other side is the agency. */
  provider: boolean
  /** Requests of colleagues are in the list, too. */
  shared: boolean
}

export function useListColumns({ provider, shared }: ColumnOptions): Column<Listed>[] {
  const { t } = useLingui()
  const term = useTerm()
  return useMemo(() => {
    const columns: (Column<Listed> | false)[] = [
      {
        id: 'number',
        header: t`Request`,
        width: 'minmax(12.5rem, 1.2fr)',
        sort: 'request_number',
        fixed: true,
        value: (row) => row.request_number,
        cell: (row) => <NumberCell row={row} />,
      },
      {
        id: 'what',
        header: t`Asked for`,
        width: 'minmax(10rem, 1.3fr)',
        value: (row) => [term('requestType', row.request_type), ...identifiersOf(row, term)].join('; '),
        cell: (row) => <WhatCell row={row} />,
      },
      {
        id: 'party',
        header: provider ? t`Agency` : t`Provider`,
        width: 'minmax(8rem, 1fr)',
        from: 56,
        value: (row) => (provider ? row.agency_tenant : row.provider_tenant).name,
        cell: (row) => <span className={css.one}>{(provider ? row.agency_tenant : row.provider_tenant).name}</span>,
      },
      {
        id: 'status',
        header: t`Status`,
        width: '10.75rem',
        sort: 'status',
        card: 'aside',
        value: (row) => term('status', row.status),
        cell: (row) => <StatusBadge status={row.status} />,
      },
      {
        id: 'sla',
        header: t`Time left`,
        width: '11rem',
        sort: 'sla_due_date',
        value: (row) => csvMoment(row.sla_due_date),
        valueHeader: t`Due (IST)`,
        cell: (row) => <SlaClock request={row} />,
      },
      {
        id: 'priority',
        header: t`Priority`,
        width: '6.5rem',
        from: 90,
        sort: 'priority',
        descendingFirst: true,
        card: 'none',
        value: (row) => term('priority', row.priority),
        cell: (row) => <PriorityBadge priority={row.priority} always />,
      },
      {
        id: 'person',
        header: provider ? t`Assigned to` : t`At the provider`,
        width: 'minmax(7rem, 0.8fr)',
        from: 74,
        value: (row) => row.assigned_to?.name,
        cell: (row) => <Person person={row.assigned_to} />,
      },
      shared && {
        id: 'creator',
        header: t`Officer`,
        width: 'minmax(7rem, 0.8fr)',
        from: 74,
        card: 'none',
        value: (row) => row.created_by?.name,
        cell: (row) => <Person person={row.created_by} />,
      },
      {
        id: 'case',
        header: t`Case`,
        width: 'minmax(7rem, 0.8fr)',
        from: 56,
        card: 'none',
        value: (row) => row.case_reference,
        cell: (row) => <span className={css.one}>{row.case_reference ?? '–'}</span>,
      },
      {
        id: 'updated',
        header: t`Last change`,
        width: '8.5rem',
        from: 64,
        sort: 'updated_at',
        descendingFirst: true,
        card: 'none',
        value: (row) => csvMoment(row.updated_at),
        valueHeader: t`Last change (IST)`,
        cell: (row) => <Time at={row.updated_at} />,
      },
      {
        id: 'created',
        header: provider ? t`Submitted` : t`Created`,
        width: '7.5rem',
        from: 56,
        sort: provider ? 'submitted_at' : 'created_at',
        descendingFirst: !provider,
        card: 'none',
        value: (row) => csvMoment(provider ? row.submitted_at : row.created_at),
        valueHeader: provider ? t`Submitted (IST)` : t`Created (IST)`,
        cell: (row) => <Time at={provider ? row.submitted_at : row.created_at} style="date" />,
      },
    ]
    return columns.filter((column) => column !== false)
  }, [t, term, provider, shared])
}

const identifiersOf = (row: Listed, term: (kind: TermKind, value: string) => string): string[] =>
  (row.identifiers ?? []).map((each) => `${term('identifierType', each.type)} ${each.masked}`)

function NumberCell({ row }: { row: Listed }) {
  return (
    <div className={css.stack}>
      <Link to={'/requests/$requestId' as string} params={{ requestId: row.id } as never} className={css.number}>
        {row.request_number}
      </Link>
      <span className={css.subLine}>
        <PriorityBadge priority={row.priority} />
        {row.case_reference && <span className={css.sub}>{row.case_reference}</span>}
      </span>
    </div>
  )
}

function WhatCell({ row }: { row: Listed }) {
  const term = useTerm()
  const [first, ...more] = row.identifiers ?? []
  return (
    <div className={css.stack}>
      <span className={css.one}>{term('requestType', row.request_type)}</span>
      {first && (
        <span className={css.sub}>
          {term('identifierType', first.type)} {first.masked}
          {more.length > 0 && ` +${more.length}`}
        </span>
      )}
    </div>
  )
}

/** A request as a card, for narrow screens: what the columns say, in four lines. */
export function ListCard({ row, provider }: { row: Listed; provider: boolean }) {
  return (
    <div className={css.card}>
      <div className={css.cardLine}>
        <NumberCell row={row} />
        <StatusBadge status={row.status} />
      </div>
      <WhatCell row={row} />
      <div className={css.cardLine}>
        <span className={css.sub}>{(provider ? row.agency_tenant : row.provider_tenant).name}</span>
        <SlaClock request={row} />
      </div>
    </div>
  )
}
