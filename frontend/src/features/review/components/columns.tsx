/** The columns of the list of responses. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { ResponseBadge, Time, ToneBadge } from '~/ui/index.ts'
import type { Column } from '~/ui/table/index.ts'
import type { LersResponse } from '../queries.ts'
import { summary } from '../summary.ts'
import css from './list.module.css'
import { OUTCOME_TONE } from './outcome-tone.ts'
import { Stars } from './ResponsesList.tsx'

export function useResponseColumns(): Column<LersResponse>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Response`,
        width: 'minmax(13rem, 1.6fr)',
        card: 'title',
        fixed: true,
        cell: ({ response_number }) => <strong>{response_number}</strong>,
      },
      {
        id: 'status',
        header: t`Status`,
        width: '9rem',
        card: 'aside',
        cell: ({ status }) => <ResponseBadge status={status} />,
      },
      { id: 'provider', header: t`Provider`, width: 'minmax(9rem, 1fr)', cell: (row) => row.provider_tenant.name },
      {
        id: 'kind',
        header: t`Kind`,
        width: '8.5rem',
        from: 68,
        cell: ({ is_partial }) => (is_partial ? <Trans>Part, more to come</Trans> : <Trans>Whole or last part</Trans>),
      },
      {
        id: 'outcomes',
        header: t`Outcomes`,
        width: 'minmax(9rem, 1fr)',
        from: 54,
        cell: (row) => <Outcomes row={row} />,
      },
      {
        id: 'files',
        header: t`Files`,
        width: '5rem',
        from: 54,
        cell: ({ files }) => <Plural value={files.length} _0="none" one="#" other="#" />,
      },
      {
        id: 'rating',
        header: t`Rating`,
        width: '5rem',
        from: 76,
        cell: ({ rating }) => (rating ? <Stars score={rating} /> : '–'),
      },
      { id: 'came', header: t`Came`, width: '8.5rem', cell: ({ submitted_at }) => <Time at={submitted_at} /> },
    ],
    [t],
  )
}

/** How many identifiers had which outcome. */
function Outcomes({ row }: { row: LersResponse }) {
  const term = useTerm()
  const found = summary(row.outcomes)
  if (found.length === 0) return <span className={css.dim}>–</span>
  return (
    <span className={css.outcomes}>
      {found.map(({ outcome, count }) => (
        <ToneBadge key={outcome} tone={OUTCOME_TONE[outcome] ?? 'quiet'}>
          {count > 1 ? `${count} × ` : ''}
          {term('outcome', outcome)}
        </ToneBadge>
      ))}
    </span>
  )
}
