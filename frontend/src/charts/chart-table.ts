/** What a chart shows, as a table: for readers who do not see it, and for a file. */
export type Cell = string | number | null
export interface ChartTable {
  head: readonly string[]
  rows: readonly (readonly Cell[])[]
}
