/** A list of requests with its views, filters, preview and steps: the officers' and the provider's alike. */
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { lazy, type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import { SEVERITIES, type Severity, severityOf } from '~/domain/sla.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Panel, useEver, useFirstAnswers, useNow } from '~/ui/index.ts'
import { DataTable, parseSort, SelectionBar, useHiddenColumns, useWidth } from '~/ui/table/index.ts'
import { countsQuery, type Listed } from '../list-queries.ts'
import { onlyOpen } from '../list-views.ts'
import { BulkButtons } from './BulkButtons.tsx'
import { ListChips } from './ListChips.tsx'
import { ListFilters } from './ListFilters.tsx'
import { GroupHead, ListNone } from './ListGroups.tsx'
import { ListNews } from './ListNews.tsx'
import { ListTools } from './ListTools.tsx'
import { ListViews } from './ListViews.tsx'
import css from './list.module.css'
import { HIDDEN_AT_FIRST, ListCard, useListColumns } from './list-columns.tsx'
import { narrowed, ordered, useRequestList } from './use-request-list.ts'

// Loaded when they are first wanted.
const ListPeek = lazy(() => import('./ListPeek.tsx'))
const ListBulk = lazy(() => import('./ListBulk.tsx'))

interface RequestListProps {
  /** Under this name the user's views and columns are kept. */
  place: string
  label: string
  /** In place of the empty home view: what there is to know when nothing waits. */
  nothing?: ReactNode
}

/** From this width, in rem, a preview stands beside the list. */
const ROOM_BESIDE = 58
const MINUTE = 60_000
const rowId = (row: Listed) => row.id
const rowName = (row: Listed) => row.request_number

export function RequestList({ place, label, nothing }: RequestListProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const state = useRequestList()
  const { search, filters, sort, list, chosen, go, provider } = state
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [saving, setSaving] = useState(false)
  const bulkUsed = useEver(chosen.offer !== null)
  const columns = useListColumns({ provider, shared: state.me.role !== 'IO' })
  const [hidden, setHidden] = useHiddenColumns(place, HIDDEN_AT_FIRST)
  const [at, setAt] = useState<Listed | null>(null)
  const [peeked, setPeeked] = useState<string | null>(null)
  const peek = list.rows.find((row) => row.id === peeked)
  const grouping = useGrouping(sort === 'sla_due_date' && onlyOpen(filters))
  const change = (next: Parameters<typeof narrowed>[2]) => go(narrowed(search, filters, next))
  const faded = useCallback((row: Listed) => list.gone.has(row.id), [list.gone])
  const card = useCallback((row: Listed) => <ListCard row={row} provider={provider} />, [provider])
  const open = (row: Listed) => void navigate({ to: `/requests/${row.id}` as string })
  const target = chosen.picked.length > 0 ? chosen.picked : at ? [at] : []
  useKeys(
    {
      s: { run: () => setSaving(true), label: t`Save as a view` },
      ...(provider && {
        a: { run: () => chosen.begin('acknowledge', target), label: t`Acknowledge` },
        m: { run: () => chosen.begin('assign', target), label: t`Assign` },
      }),
    },
    { scope: t`List` },
  )
  const { query } = list
  // Numbers decide how many lines the views take: what is below them is not seen before it has its place.
  const placed = useFirstAnswers(countsQuery.queryKey)
  const groupHead = useCallback(
    (group: string, count: number) => <GroupHead group={group as Severity} count={count} more={query.hasNextPage} />,
    [query.hasNextPage],
  )
  return (
    <div className={clsx(css.list, !placed && css.unplaced)} ref={box}>
      <ListViews place={place} views={state.views} search={search} saving={saving} onSaving={setSaving} />
      <div className={css.columns}>
        <Panel flush className={css.panel}>
          <div className={css.toolbar}>
            <ListFilters
              filters={filters}
              named={state.explicit}
              onChange={change}
              identifier={state.identifier}
              onIdentifier={state.setIdentifier}
              provider={provider}
              count={state.named.length + (state.identifier ? 1 : 0)}
            />
            <ListTools
              ask={{ filters, sort, identifier: state.identifier }}
              columns={columns}
              hidden={hidden}
              onHidden={setHidden}
              sort={sort}
              onSort={(next) => go(ordered(search, next))}
              total={list.total}
            />
          </div>
          <ListChips named={state.named} onRemove={change} onClear={state.clear} onSave={() => setSaving(true)} />
          <ListNews
            arrived={list.arrived}
            gone={list.gone.size}
            onShow={list.show}
            stale={query.data !== undefined && query.isError ? query.error : null}
            since={query.dataUpdatedAt}
            onRetry={() => void query.refetch()}
          />
          <DataTable
            label={label}
            columns={columns}
            rows={list.rows}
            rowId={rowId}
            rowName={rowName}
            hidden={hidden}
            sort={parseSort(sort)}
            onSort={(next) => go(ordered(search, next))}
            groupOf={grouping}
            groups={SEVERITIES}
            groupHead={groupHead}
            selection={chosen.selection}
            onSelection={chosen.setSelection}
            onOpen={open}
            onPeek={(row) => setPeeked(peeked === row.id ? null : row.id)}
            onActive={(row) => {
              setAt(row)
              if (peek) setPeeked(row.id)
            }}
            faded={faded}
            card={card}
            loading={query.isPending}
            loadingMore={query.isFetchingNextPage}
            hasMore={query.hasNextPage}
            onEnd={() => void query.fetchNextPage()}
            empty={<ListNone state={state} nothing={nothing} onSave={() => setSaving(true)} />}
          />
        </Panel>
        {peek && (
          <Suspense fallback={null}>
            <ListPeek row={peek} beside={width >= ROOM_BESIDE} onClose={() => setPeeked(null)} onDone={list.expect} />
          </Suspense>
        )}
      </div>
      <SelectionBar count={chosen.picked.length} onClear={chosen.clear}>
        <BulkButtons offers={chosen.offers} onStep={(step) => void chosen.begin(step)} />
      </SelectionBar>
      {bulkUsed && (
        <Suspense fallback={null}>
          <ListBulk
            offer={chosen.offer}
            onClose={chosen.end}
            onDone={() => {
              list.expect()
              chosen.clear()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Groups by what needs attention first, where the clock orders the rows. */
function useGrouping(on: boolean): ((row: Listed) => string) | undefined {
  const now = useNow(MINUTE)
  const group = useCallback((row: Listed) => severityOf(row, now), [now])
  return on ? group : undefined
}
