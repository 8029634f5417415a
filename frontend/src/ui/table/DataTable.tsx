/**
 * Rows of things: a table with a head that stays, or cards where it would be too narrow. Draws only the rows in view,
 * so ten thousand scroll like ten; draws all on paper.
 */
import { useLingui } from '@lingui/react/macro'
import clsx from 'clsx'
import { type CSSProperties, type ReactNode, useMemo, useRef } from 'react'
import { CardRow } from './CardRow.tsx'
import { itemsOf } from './items.ts'
import { ROLES } from './roles.ts'
import { useLive, useLook } from './row-props.ts'
import { TableHead } from './TableHead.tsx'
import { TableRow } from './TableRow.tsx'
import css from './table.module.css'
import type { Column, Sort } from './types.ts'
import { useActiveRow } from './use-active-row.ts'
import { usePrinting } from './use-printing.ts'
import { useSelecting } from './use-selecting.ts'
import { useTableModel } from './use-table-model.ts'
import { useVirtualItems } from './use-virtual-items.ts'
import { useWidth } from './use-width.ts'
import { Waiting } from './Waiting.tsx'

export interface DataTableProps<Row extends object> {
  /** What the table is of, for those who do not see it. */
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
  /** What a row is called where its checkbox is read out. */
  rowName?: (row: Row) => string
  hidden?: ReadonlySet<string>
  sort?: Sort | null
  /** Given: the server sorts. Left out: the table sorts what it has, by the columns' `value`. */
  onSort?: (sort: Sort) => void
  groupOf?: (row: Row) => string
  /** The order in which groups stand. */
  groups?: readonly string[]
  groupHead?: (group: string, count: number) => ReactNode
  /** Ids of the chosen rows; without it nothing can be chosen. */
  selection?: ReadonlySet<string>
  onSelection?: (selection: ReadonlySet<string>) => void
  selectable?: (row: Row) => boolean
  onOpen?: (row: Row) => void
  onPeek?: (row: Row) => void
  /** The row that the keyboard is at has changed. */
  onActive?: (row: Row) => void
  /** A row that is shown, but no longer one of these. */
  faded?: (row: Row) => boolean
  /** A card of one's own, in place of the one made of the columns. */
  card?: (row: Row) => ReactNode
  loading?: boolean
  loadingMore?: boolean
  hasMore?: boolean
  /** The last rows are nearly in view: fetch more. */
  onEnd?: () => void
  /** In place of rows, when there are none. */
  empty?: ReactNode
  /** Whether j, k and the others work; off for a second table of a screen. */
  keys?: boolean
  /** The width, in rem of the table itself, below which rows are cards. */
  cardsBelow?: number
}

const CARDS_BELOW = 46

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rowId, groupOf, groups, selection, hasMore, onEnd, loadingMore } = props
  const box = useRef<HTMLDivElement>(null)
  const measured = useWidth(box)
  const printing = usePrinting()
  const width = useWhile(!printing, measured)
  const cards = width > 0 && width < (props.cardsBelow ?? CARDS_BELOW)
  const model = useTableModel({ ...props, width: cards ? Number.POSITIVE_INFINITY : width })
  const items = useMemo(() => itemsOf(model.rows, rowId, groupOf, groups), [model.rows, rowId, groupOf, groups])
  const selecting = useSelecting(props, items)
  const active = useActiveRow(props, items, box, selecting)
  const { body, visible, offset, height, measure } = useVirtualItems({
    items,
    cards,
    keep: active.id,
    all: printing,
    onEnd: hasMore && !loadingMore ? onEnd : undefined,
  })
  const empty = !props.loading && items.length === 0
  const tracks = useMemo(() => tracksOf(model.columns, selection !== undefined), [model.columns, selection])
  const look = useLook(props, model.columns)
  const live = useLive({ open: props.onOpen, selecting, active })
  const Row = cards ? CardRow : TableRow
  const drawn = visible.map(({ item, start, at }) => (
    <Row
      key={item.key}
      look={look}
      live={live}
      item={item}
      at={at}
      start={printing ? undefined : start - offset}
      measure={printing ? undefined : measure}
      isActive={item.key === active.id}
      chosen={selection?.has(item.key) ?? false}
    />
  ))
  const size = { blockSize: printing ? undefined : height }
  return (
    <div
      ref={box}
      className={clsx(css.box, printing && css.printing)}
      style={{ '--l-tracks': tracks } as CSSProperties}
    >
      {width > 0 &&
        (empty ? (
          props.empty
        ) : props.loading ? (
          <Waiting columns={cards ? [] : model.columns} />
        ) : cards ? (
          <ul className={css.cards} aria-label={label} ref={body} style={size}>
            {drawn}
          </ul>
        ) : (
          <table
            className={css.table}
            aria-label={label}
            aria-rowcount={hasMore ? -1 : model.rows.length + 1}
            {...ROLES.table}
          >
            <TableHead model={model} selecting={selecting} />
            <tbody ref={body} className={css.body} style={size} {...ROLES.group}>
              {drawn}
            </tbody>
          </table>
        ))}
      {!empty && <More more={Boolean(hasMore)} busy={Boolean(loadingMore)} />}
    </div>
  )
}

/** A value that follows while the condition holds, and stays as it was otherwise: paper shows the columns of the screen. */
function useWhile<T>(following: boolean, value: T): T {
  const kept = useRef(value)
  if (following) kept.current = value
  return kept.current
}

function tracksOf<Row>(columns: readonly Column<Row>[], selectable: boolean): string {
  return [...(selectable ? ['2.75rem'] : []), ...columns.map((column) => column.width ?? 'minmax(0, 1fr)')].join(' ')
}

function More({ more, busy }: { more: boolean; busy: boolean }) {
  const { t } = useLingui()
  return (
    <p className={clsx(css.more, !busy && 'l-visually-hidden')} role="status">
      {busy ? t`Loading more…` : more ? '' : t`All rows are shown`}
    </p>
  )
}
