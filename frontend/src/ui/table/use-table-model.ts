/** The model under a table: which columns stand, in which order the rows do. */
import {
  type ColumnDef,
  columnVisibilityFeature,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import { compare } from './items.ts'
import type { Column, Sort } from './types.ts'

const features = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: {},
})

interface Given<Row> {
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowId: (row: Row) => string
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
  rows: Row[]
  sort: Sort | null
  toggle: (column: Column<Row>) => void
}

const nameOf = <Row>(column: Column<Row>) => (typeof column.sort === 'string' ? column.sort : column.id)

function definition<Row extends object>(column: Column<Row>): ColumnDef<typeof features, Row> {
  return {
    id: nameOf(column),
    accessorFn: (row) => column.value?.(row) || (column.value?.(row) === 0 ? 0 : undefined),
    enableSorting: column.sort !== undefined,
    sortDescFirst: column.descendingFirst ?? false,
    sortUndefined: 'last',
    sortFn: (a, b, id) => compare(a.getValue<string | number>(id), b.getValue<string | number>(id)),
  }
}

export function useTableModel<Row extends object>(given: Given<Row>): TableModel<Row> {
  const { columns, rows, rowId, hidden, width, sort, onSort } = given
  const [own, setOwn] = useState<SortingState>(() => stateOf(sort))
  const definitions = useMemo(() => columns.map((column) => definition(column)), [columns])
  const sorting = onSort ? stateOf(sort) : own
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowId,
    manualSorting: onSort !== undefined,
    enableSortingRemoval: false,
    enableMultiSort: false,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(
        columns.map((column) => [nameOf(column), !hidden?.has(column.id) && width >= (column.from ?? 0)]),
      ),
    },
    onSortingChange: (change) => {
      const next = typeof change === 'function' ? change(sorting) : change
      const first = next[0]
      if (!onSort) setOwn(next)
      else if (first) onSort({ id: first.id, descending: first.desc })
    },
  })
  const standing = table
    .getVisibleLeafColumns()
    .map((column) => column.id)
    .join(' ')
  const model = table.getRowModel()
  const first = sorting[0]
  return {
    columns: useMemo(() => {
      const ids = new Set(standing.split(' '))
      return columns.filter((column) => ids.has(nameOf(column)))
    }, [columns, standing]),
    rows: useMemo(() => model.rows.map((row) => row.original), [model]),
    sort: first ? { id: first.id, descending: first.desc } : null,
    toggle: (column) => table.getColumn(nameOf(column))?.toggleSorting(),
  }
}

const stateOf = (sort: Sort | null | undefined): SortingState => (sort ? [{ id: sort.id, desc: sort.descending }] : [])
