/** Tables as CSV that no spreadsheet takes for formulas. */
import type { Cell, ChartTable } from './chart-table.ts'

const FORMULA = /^[=+\-@\t\r]/

function written(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** RFC 4180, with a byte order mark so that Hindi survives in Excel. */
export function csvOf({ head, rows }: ChartTable): string {
  return `\uFEFF${[head, ...rows].map((row) => row.map(written).join(',')).join('\r\n')}\r\n`
}
