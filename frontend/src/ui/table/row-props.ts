/** What a row and a card have in common: where they stand, how they look, and what a click does. */
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefCallback,
  type RefObject,
  useMemo,
  useRef,
} from 'react'
import type { DataTableProps } from './DataTable.tsx'
import type { Item } from './items.ts'
import type { Column } from './types.ts'
import type { ActiveRow } from './use-active-row.ts'
import type { Selecting } from './use-selecting.ts'

/** What decides how every row is drawn; the same object as long as nothing of it changes. */
export interface Look<Row> {
  columns: readonly Column<Row>[]
  selects: boolean
  opens: boolean
  rowName?: (row: Row) => string
  selectable?: (row: Row) => boolean
  faded?: (row: Row) => boolean
  card?: (row: Row) => ReactNode
  groupHead?: (group: string, count: number) => ReactNode
}

/** What rows call: always the newest, without drawing them anew. */
export interface Live<Row> {
  open?: (row: Row) => void
  selecting: Selecting
  active: ActiveRow
}

export interface DrawnRow<Row> {
  look: Look<Row>
  live: RefObject<Live<Row>>
  item: Item<Row>
  at: number
  /** Pixels from the top of the list; undefined on paper, where rows follow each other. */
  start: number | undefined
  measure: RefCallback<HTMLElement> | undefined
  isActive: boolean
  chosen: boolean
}

export function useLook<Row extends object>(props: DataTableProps<Row>, columns: readonly Column<Row>[]): Look<Row> {
  const { rowName, selectable, faded, card, groupHead } = props
  const selects = props.selection !== undefined
  const opens = props.onOpen !== undefined
  return useMemo(
    () => ({ columns, selects, opens, rowName, selectable, faded, card, groupHead }),
    [columns, selects, opens, rowName, selectable, faded, card, groupHead],
  )
}

export function useLive<Row>(live: Live<Row>): RefObject<Live<Row>> {
  const ref = useRef(live)
  ref.current = live
  return ref
}

export const placeOf = (start: number | undefined) =>
  start === undefined ? undefined : { transform: `translateY(${start}px)` }

const OWN = 'a, button, input, label, select, textarea, [role="button"]'

/** A click anywhere on a row opens it, unless it meant something on the row, or ended a selection of text. */
export function handlersOf<Row>({ live, item }: DrawnRow<Row>) {
  if (item.kind === 'group') return {}
  return {
    tabIndex: -1,
    'data-row': item.key,
    onFocus: () => live.current.active.take(item.key),
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(OWN))) return
      if (window.getSelection()?.toString()) return
      live.current.active.take(item.key)
      live.current.open?.(item.row)
    },
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
      if (step === 0 || event.target !== event.currentTarget) return
      event.preventDefault()
      live.current.active.move(step)
    },
  }
}
