/** Identifiers out of a sheet: rows of type, value, from and to, or one value a row. */

import { trimmed } from './identifier-text.ts'
import { guessType, type Identifier, type IdentifierType, isIdentifierType } from './identifiers.ts'

export interface PastedRow {
  /** The line in what was pasted, from 1. */
  line: number
  identifier: Identifier
  /** The type was found from the value's form, not said. */
  guessed: boolean
}

/** Most rows that a request takes. */
export const MOST_ROWS = 200

type Column = 'type' | 'value' | 'from' | 'to' | 'port' | 'note'

const HEADINGS: Record<Column, readonly string[]> = {
  type: ['type', 'identifier type', 'प्रकार'],
  value: [
    'value',
    'identifier',
    'number',
    'mobile',
    'mobile number',
    'msisdn',
    'imei',
    'account',
    'ip',
    'ip address',
    'मान',
    'नंबर',
  ],
  from: ['from', 'start', 'start time', 'from time', 'date from', 'से'],
  to: ['to', 'end', 'end time', 'to time', 'date to', 'तक'],
  port: ['port', 'source port', 'पोर्ट'],
  note: ['note', 'remark', 'remarks', 'टिप्पणी'],
}
const PLAIN: readonly Column[] = ['type', 'value', 'from', 'to', 'port', 'note']

/** Split one line at a separator, minding quotes. */
function cells(line: string, separator: string): string[] {
  const found: string[] = []
  let cell = ''
  let quoted = false
  for (let place = 0; place < line.length; place += 1) {
    const character = line[place]
    if (character === '"' && quoted && line[place + 1] === '"') {
      cell += '"'
      place += 1
    } else if (character === '"' && (quoted || cell === '')) quoted = !quoted
    else if (character === separator && !quoted) {
      found.push(cell)
      cell = ''
    } else cell += character
  }
  return [...found, cell].map(trimmed)
}

function separatorOf(lines: readonly string[]): string | null {
  for (const separator of ['\t', ';', ',', '|']) if (lines.some((line) => line.includes(separator))) return separator
  return null
}

/** Headings hold no digits: `MSISDN` alone may also be the type of a first row. */
function columnsOf(head: readonly string[]): Column[] | null {
  if (head.some((cell) => /\p{Nd}/u.test(cell))) return null
  const named = head.map((cell) => {
    const heading = cell.toLowerCase().replace(/[_\s]+/g, ' ')
    return PLAIN.find((column) => HEADINGS[column].includes(heading))
  })
  return named.includes('value') ? named.map((column) => column ?? 'note') : null
}

/** `MSISDN`, `msisdn`, `upi vpa`: a type by its name, however it is written. */
export function typeNamed(text: string): IdentifierType | null {
  const name = text.toUpperCase().replace(/[\s-]+/g, '_')
  return isIdentifierType(name) ? name : null
}

const two = (part: string | undefined) => (part ?? '').padStart(2, '0')

/** Dates and times as Indian sheets write them, to ISO; a time without a zone is Indian time. */
export function readMoment(text: string): string {
  const plain = trimmed(text)
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2}|IST)?$/.exec(plain)
  const indian =
    /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2}|IST)?$/.exec(
      plain,
    )
  const [year, month, day, rest] = iso
    ? [iso[1], iso[2], iso[3], iso.slice(4)]
    : indian
      ? [indian[3], indian[2], indian[1], indian.slice(4)]
      : []
  if (!year || !rest) return plain
  const date = `${year}-${two(month)}-${two(day)}`
  const [hour, minute, second, zone] = rest
  if (hour === undefined) return date
  const time = `${two(hour)}:${minute}${second === undefined ? '' : `:${second}`}`
  const offset = zone === undefined || zone === 'IST' ? '+05:30' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  return `${date}T${time}${offset}`
}

function rowOf(parts: readonly string[], columns: readonly Column[]): Partial<Record<Column, string>> {
  const row: Partial<Record<Column, string>> = {}
  for (const [place, column] of columns.entries()) {
    const part = parts[place]
    if (part) row[column] = column === 'note' && row.note ? `${row.note}; ${part}` : part
  }
  return row
}

function identifierOf(row: Partial<Record<Column, string>>, type: IdentifierType): Identifier {
  const port = row.port ? Number(row.port) : null
  return {
    type,
    value: row.value ?? '',
    ...(row.from && { from: readMoment(row.from) }),
    ...(row.to && { to: readMoment(row.to) }),
    ...(port !== null && { port }),
    ...(row.note && { note: row.note }),
  }
}

/**
 * Read what was pasted. Types that are not said are found from the value, among those that are `allowed`; a value that
 * fits none becomes the first of them, so that its problem can be told.
 */
export function readSheet(text: string, allowed: readonly IdentifierType[]): PastedRow[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, place) => ({ line: place + 1, text: line }))
    .filter((each) => trimmed(each.text.replace(/[\t,;|]/g, '')) !== '')
  const separator = separatorOf(lines.map((each) => each.text))
  const table = lines.map((each) => ({
    line: each.line,
    parts: separator ? cells(each.text, separator) : cells(each.text, '\n'),
  }))
  const headed = table[0] ? columnsOf(table[0].parts) : null
  const rows = headed ? table.slice(1) : table
  return rows.map(({ line, parts }) => {
    const saysType = typeNamed(parts[0] ?? '') !== null && parts.length > 1
    const columns = headed ?? (saysType ? PLAIN : PLAIN.slice(1))
    const row = rowOf(parts, columns)
    const said = row.type ? typeNamed(row.type) : null
    const found = said ?? guessType(row.value ?? '', allowed) ?? allowed[0] ?? 'OTHER'
    return { line, identifier: identifierOf(row, found), guessed: said === null }
  })
}
