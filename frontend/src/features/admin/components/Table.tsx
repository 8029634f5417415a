/** A small table that stands as a list of labelled lines on a narrow screen. */
import clsx from 'clsx'
import type { Key, ReactNode } from 'react'
import css from './admin.module.css'

export interface Cell<Row> {
  label: string
  cell: (row: Row) => ReactNode
  kind?: 'figure' | 'act'
}

interface TableProps<Row> {
  label: string
  rows: readonly Row[]
  keyOf: (row: Row) => Key
  /** The first column names the row. */
  columns: readonly [Cell<Row>, ...Cell<Row>[]]
}

export function Table<Row>({ label, rows, keyOf, columns: [first, ...others] }: TableProps<Row>) {
  return (
    <div className={css.tableBox}>
      <table className={css.table} aria-label={label}>
        <thead>
          <tr>
            {[first, ...others].map((column) => (
              <th key={column.label} scope="col" className={column.kind && css[column.kind]}>
                {column.kind === 'act' ? <span className="l-visually-hidden">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{first.cell(row)}</th>
              {others.map((column) => (
                <td
                  key={column.label}
                  data-label={column.kind === 'act' ? undefined : column.label}
                  className={clsx(column.kind && css[column.kind])}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
