/** What is on the screen as a file for spreadsheets, without letting a cell become a formula there. */
import type { Column } from './types.ts'

const FORMULA = /^[\s]*[=+\-@\t\r]/

/**
 * One cell. What a spreadsheet would compute is written as text, with an apostrophe in front: names and descriptions
 * come from others. Numbers of ours stay numbers.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\n\r;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The rows of a table with the columns that have a `value`; lines end as RFC 4180 has it. */
export function csvOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const written = columns.filter((column) => column.value)
  const lines = [
    written.map((column) => csvCell(column.valueHeader ?? column.header)),
    ...rows.map((row) => written.map((column) => csvCell(column.value?.(row)))),
  ]
  return lines.map((line) => `${line.join(',')}\r\n`).join('')
}

/** A moment as spreadsheets read and sort it, by the clock of India. */
export function csvMoment(at: string | null | undefined): string | null {
  return at ? new Date(at).toLocaleString('sv-SE', { timeZone: 'Asia/Kolkata' }) : null
}

/** The file; with the mark by which spreadsheets know UTF-8. */
export const csvBlob = (text: string): Blob => new Blob([`\uFEFF${text}`], { type: 'text/csv;charset=utf-8' })
