/** The row at which the keyboard is: it has the focus, and keeps it while the list around it changes. */
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { type Item, neighbour } from './items.ts'
import { useRowKeys } from './use-row-keys.ts'
import type { Selecting } from './use-selecting.ts'

export interface ActiveRow {
  id: string | null
  take: (id: string) => void
  move: (step: number) => void
}

export function useActiveRow<Row extends object>(
  props: DataTableProps<Row>,
  items: readonly Item<Row>[],
  box: RefObject<HTMLElement | null>,
  selecting: Selecting,
): ActiveRow {
  const [id, setId] = useState<string | null>(null)
  const wanted = useRef(false)
  const rows = useMemo(
    () => new Map(items.flatMap((item) => (item.kind === 'row' ? [[item.key, item.row] as const] : []))),
    [items],
  )
  const { onActive, onOpen, onPeek } = props
  const take = (next: string) => {
    setId(next)
    const row = rows.get(next)
    if (row && next !== id) onActive?.(row)
  }
  const move = (step: number) => {
    const next = neighbour([...rows.keys()], id, step)
    if (next === null) return
    wanted.current = true
    take(next)
    // At an end the same row is asked for again: it takes the focus back.
    if (next === id) focus(box.current, next)
  }
  useEffect(() => {
    if (!wanted.current || id === null) return
    wanted.current = false
    focus(box.current, id)
  }, [id, box])
  const onRow = (act?: (row: Row) => void) => {
    if (!act) return undefined
    return () => {
      const row = id === null ? undefined : rows.get(id)
      if (!row) return false
      act(row)
      return true
    }
  }
  useRowKeys({
    enabled: props.keys !== false && rows.size > 0,
    move,
    open: onRow(onOpen),
    peek: onRow(onPeek),
    choose: selecting.off ? undefined : onRow((row) => selecting.toggle(props.rowId(row))),
  })
  return { id: id !== null && rows.has(id) ? id : null, take, move }
}

function focus(box: HTMLElement | null, id: string): void {
  const row = box?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`)
  row?.focus({ preventScroll: true })
  // `nearest` and the row's scroll margins keep it clear of what sticks to the edges.
  row?.scrollIntoView({ block: 'nearest' })
}
