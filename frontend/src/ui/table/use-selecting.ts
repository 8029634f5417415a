/** Choosing rows: one, a range with Shift, or all that are loaded. */
import { useMemo, useRef } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { between, type Item } from './items.ts'

export interface Selecting {
  /** Nothing can be chosen in this table. */
  off: boolean
  toggle: (id: string, range?: boolean) => void
  toggleAll: () => void
  all: boolean
  some: boolean
}

export function useSelecting<Row extends object>(props: DataTableProps<Row>, items: readonly Item<Row>[]): Selecting {
  const { selection, onSelection, selectable } = props
  const last = useRef<string | null>(null)
  const ids = useMemo(
    () => items.flatMap((item) => (item.kind === 'row' && (selectable?.(item.row) ?? true) ? [item.key] : [])),
    [items, selectable],
  )
  const chosen = useMemo(() => (selection?.size ? ids.filter((id) => selection.has(id)).length : 0), [ids, selection])
  const all = ids.length > 0 && chosen === ids.length
  const toggle = (id: string, range = false) => {
    if (!selection || !onSelection || !ids.includes(id)) return
    const next = new Set(selection)
    const wanted = range && last.current !== null ? between(ids, last.current, id) : [id]
    const add = !selection.has(id)
    for (const each of wanted) {
      if (add) next.add(each)
      else next.delete(each)
    }
    last.current = id
    onSelection(next)
  }
  return {
    off: !selection,
    toggle,
    toggleAll: () => onSelection?.(all ? new Set() : new Set(ids)),
    all,
    some: chosen > 0 && !all,
  }
}
