/** The model under a table: which columns stand, in which order the rows do. */
import { useMemo, useState } from 'react'
import { compare } from './items.ts'
import type { Column, Sort } from './types.ts'

interface Given<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** Ids of columns that the user hid. */
  hidden?: ReadonlySet<string>
  /** The table's own width in rem; columns that need more stay away. */
  width: number
  sort?: Sort | null
  /** The server sorts: rows come in order, and a header asks for another one. */
  onSort?: (sort: Sort) => void
}

export interface TableModel<Row> {
  columns: Column<Row>[]
  rows: readonly Row[]
  sort: Sort | null
  toggle: (column: Column<Row>) => void
}

const nameOf = <Row>(column: Column<Row>) => (typeof column.sort === 'string' ? column.sort : column.id)

export function useTableModel<Row extends object>(given: Given<Row>): TableModel<Row> {
  const { columns, rows, hidden, width, onSort } = given
  const [own, setOwn] = useState<Sort | null>(given.sort ?? null)
  const sort = onSort ? (given.sort ?? null) : own
  const standing = useMemo(
    () => columns.filter((column) => !hidden?.has(column.id) && width >= (column.from ?? 0)),
    [columns, hidden, width],
  )
  const ordered = useMemo(() => (onSort || !sort ? rows : sorted(rows, columns, sort)), [rows, columns, sort, onSort])
  return {
    columns: standing,
    rows: ordered,
    sort,
    toggle: (column) => {
      const id = nameOf(column)
      const descending = sort?.id === id ? !sort.descending : (column.descendingFirst ?? false)
      if (onSort) onSort({ id, descending })
      else setOwn({ id, descending })
    },
  }
}

/** Rows by a column's value; those that have none come last, whichever way. The others keep their places among equals. */
function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort): readonly Row[] {
  const value = columns.find((column) => nameOf(column) === sort.id)?.value
  if (!value) return rows
  const keyed = rows.map((row) => ({ row, key: value(row) }))
  const missing = (key: unknown) => key === null || key === undefined || key === ''
  const there = keyed.filter(({ key }) => !missing(key))
  there.sort((a, b) => (sort.descending ? -1 : 1) * compare(a.key ?? 0, b.key ?? 0))
  return [...there, ...keyed.filter(({ key }) => missing(key))].map(({ row }) => row)
}
