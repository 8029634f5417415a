/** Responses: those to review first, all others by filter. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { EmptyState, ErrorState, Page, Panel } from '~/ui/index.ts'
import { DataTable } from '~/ui/table/index.ts'
import { useResponseColumns } from '../components/columns.tsx'
import css from '../components/list.module.css'
import { filtersOf, type Kind, type ResponseSearch, readSearch, type Shown } from '../filters.ts'
import { type LersResponse, responsesQuery } from '../queries.ts'

export default function ListPage() {
  const { t } = useLingui()
  const { navigate } = useRouter()
  const found = useSearch({ strict: false }) as ResponseSearch
  const search = readSearch({ ...found })
  const list = useInfiniteQuery(responsesQuery(filtersOf(search)))
  const columns = useResponseColumns()
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  const total = list.data?.pages[0]?.total
  return (
    <Page title={t`Responses`} lead={t`What providers answered: verify it, then accept or reject it.`}>
      <Panel flush>
        <Filters search={search} total={total} />
        {list.error && rows.length === 0 ? (
          <ErrorState error={list.error} retry={() => void list.refetch()} />
        ) : (
          <DataTable<LersResponse>
            label={t`Responses`}
            columns={columns}
            rows={rows}
            rowId={({ id }) => id}
            rowName={({ response_number }) => response_number}
            onOpen={({ id }) => void navigate({ to: `/responses/${id}` as string })}
            loading={list.isPending}
            loadingMore={list.isFetchingNextPage}
            hasMore={list.hasNextPage}
            onEnd={() => void list.fetchNextPage()}
            empty={<Nothing search={search} />}
          />
        )}
      </Panel>
    </Page>
  )
}

function Filters({ search, total }: { search: ResponseSearch; total?: number }) {
  const { t } = useLingui()
  const { navigate } = useRouter()
  const go = (next: ResponseSearch) => void navigate({ to: '.' as string, search: next as never, replace: true })
  const shown: { value: Shown; label: string }[] = [
    { value: 'open', label: t`To review` },
    { value: 'accepted', label: t`Accepted` },
    { value: 'rejected', label: t`Rejected` },
    { value: 'all', label: t`All` },
  ]
  const kinds: { value: Kind | ''; label: string }[] = [
    { value: '', label: t`Whole and in parts` },
    { value: 'final', label: t`Whole or last part` },
    { value: 'partial', label: t`More to come` },
  ]
  return (
    <div className={css.filters}>
      <SegmentedControl
        aria-label={t`Which responses`}
        data={shown}
        value={search.show ?? 'open'}
        onChange={(value) => go({ ...search, show: value === 'open' ? undefined : (value as Shown) })}
      />
      <NativeSelect
        className={css.select}
        aria-label={t`Kind`}
        data={kinds}
        value={search.kind ?? ''}
        onChange={({ currentTarget }) =>
          go({ ...search, kind: (currentTarget.value || undefined) as Kind | undefined })
        }
      />
      <span className={css.dim} role="status">
        {total !== undefined && <Plural value={total} one="# response" other="# responses" />}
      </span>
    </div>
  )
}

function Nothing({ search: { show = 'open', kind } }: { search: ResponseSearch }) {
  const { t } = useLingui()
  const icon = <IconFileCheck size={22} stroke={1.6} />
  if (show === 'open' && !kind) {
    return (
      <EmptyState icon={icon} title={t`Nothing to review`}>
        <Trans>Every response has been accepted or rejected. A new one appears here as soon as it comes.</Trans>
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={icon} title={t`No response like this`}>
      <Trans>Choose “All” above to see every response.</Trans>
    </EmptyState>
  )
}
