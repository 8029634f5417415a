/** What a table is told of its columns and their order. */
import type { ReactNode } from 'react'

export interface Column<Row> {
  id: string
  header: string
  cell: (row: Row) => ReactNode
  /** A track of a CSS grid: `10rem`, `minmax(8rem, 2fr)`. An equal share when left out. */
  width?: string
  align?: 'start' | 'end'
  /** The header sorts. With `onSort` the server does, by this name; else the table itself, by `value`. */
  sort?: string | true
  /** The first click sorts downwards. */
  descendingFirst?: boolean
  /** What the table sorts by, and what an export writes; under `valueHeader` where that says more. */
  value?: (row: Row) => string | number | null | undefined
  valueHeader?: string
  /** The table is too narrow for this column below this width, in rem of the table itself. */
  from?: number
  /** Where it stands on a card: the head, beside the head, a line with its name, or nowhere. */
  card?: 'title' | 'aside' | 'line' | 'none'
  /** The user may not hide it. */
  fixed?: boolean
}

export interface Sort {
  id: string
  descending: boolean
}

/** `-created_at`, as the API and addresses write an order. */
export const sortText = ({ id, descending }: Sort): string => (descending ? `-${id}` : id)
export function parseSort(text: string): Sort {
  return text.startsWith('-') ? { id: text.slice(1), descending: true } : { id: text, descending: false }
}
