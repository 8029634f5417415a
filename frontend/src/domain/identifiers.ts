/** Identifiers as officers type them: checked while they type, masked wherever they are shown, never logged. */
import {
  type Context,
  IDENTIFIER_TYPES,
  type IdentifierType,
  RULES,
  splitPort,
  type ValueProblem,
} from './identifier-rules.ts'
import { compact, hasHiddenCharacters, plainDigits, trimmed } from './identifier-text.ts'
import { judgeIp } from './ip-address.ts'

export { findAadhaar, IDENTIFIER_TYPES, type IdentifierType } from './identifier-rules.ts'

/** What a request holds of one identifier, as the API takes it. */
export interface Identifier {
  type: IdentifierType
  value: string
  from?: string | null
  to?: string | null
  port?: number | null
  note?: string | null
}

export type IdentifierField = 'type' | 'value' | 'from' | 'to' | 'port' | 'note'
export type ProblemCode =
  | ValueProblem
  | 'empty'
  | 'hidden_characters'
  | 'sheet_rounded'
  | 'type_not_taken'
  | 'port_invalid'
  | 'port_conflict'
  | 'ip_port_missing'
  | 'ip_from_missing'
  | 'ip_to_missing'
  | 'time_format'
  | 'time_not_to_the_second'
  | 'time_zone_missing'
  | 'period_reversed'
  | 'duplicate'

export interface IdentifierProblem {
  field: IdentifierField
  code: ProblemCode
}

/** A value with these may not even stand in a draft: the server refuses it, so it is not sent. */
export const NEVER_SENT: ReadonlySet<ProblemCode> = new Set([
  'empty',
  'hidden_characters',
  'card_full_number',
  'aadhaar_in_text',
  'aadhaar_format',
  'aadhaar_checksum',
  'card_format',
])

export const isIdentifierType = (value: unknown): value is IdentifierType =>
  (IDENTIFIER_TYPES as readonly unknown[]).includes(value)

/** Check a value by itself: as it would be stored, or why it cannot be. */
export function checkValue(
  type: IdentifierType,
  raw: string,
  context: Context = {},
): { value: string; problem?: undefined } | { value?: undefined; problem: ProblemCode } {
  const text = trimmed(raw)
  if (text === '') return { problem: 'empty' }
  if (hasHiddenCharacters(text)) return { problem: 'hidden_characters' }
  // 3.58E+14: the sheet has turned a long number into a rounded one, and the digits are lost.
  if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text) && type !== 'OTHER') return { problem: 'sheet_rounded' }
  return RULES[type](text, context)
}

/** Every problem of an identifier at once, as the server would find them. */
export function checkIdentifier(item: Identifier, context: Context = {}): IdentifierProblem[] {
  const found: IdentifierProblem[] = []
  const { problem } = checkValue(item.type, item.value, context)
  if (problem) found.push({ field: 'value', code: problem })
  const exact = item.type === 'IP'
  for (const name of ['from', 'to'] as const) {
    const code = timeProblem(item[name], exact)
    if (code) found.push({ field: name, code })
  }
  const number = item.port
  const portIsSound = number == null || (Number.isInteger(number) && number > 0 && number <= 65_535)
  if (!portIsSound) found.push({ field: 'port', code: 'port_invalid' })
  if (isReversed(item.from, item.to)) found.push({ field: 'to', code: 'period_reversed' })
  return exact && !problem ? [...found, ...ipContext(item)] : found
}

/** What tells one subscriber from the thousands behind an IPv4 address (RFC 6302): port, start and end. */
function ipContext(item: Identifier): IdentifierProblem[] {
  const { address, port } = splitPort(trimmed(item.value))
  const found: IdentifierProblem[] = []
  const behind = port === undefined ? undefined : Number(port)
  if (behind !== undefined && !(behind > 0 && behind <= 65_535)) found.push({ field: 'port', code: 'port_invalid' })
  else if (behind !== undefined && item.port != null && item.port !== behind) {
    found.push({ field: 'port', code: 'port_conflict' })
  }
  if (judgeIp(address).version === 6) return found
  if (behind === undefined && item.port == null) found.push({ field: 'port', code: 'ip_port_missing' })
  if (!item.from) found.push({ field: 'from', code: 'ip_from_missing' })
  if (!item.to) found.push({ field: 'to', code: 'ip_to_missing' })
  return found
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/

function timeProblem(given: string | null | undefined, exact: boolean): ProblemCode | null {
  if (!given) return null
  if (DAY.test(given)) return exact ? 'time_not_to_the_second' : Number.isNaN(Date.parse(given)) ? 'time_format' : null
  const match = MOMENT.exec(given)
  if (!match || Number.isNaN(Date.parse(given))) return 'time_format'
  if (exact && !match[1]) return 'time_not_to_the_second'
  return match[2] ? null : 'time_zone_missing'
}

function isReversed(from: string | null | undefined, to: string | null | undefined): boolean {
  if (!from || !to) return false
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (Number.isNaN(start) || Number.isNaN(end)) return false
  return DAY.test(from) || DAY.test(to) ? to.slice(0, 10) < from.slice(0, 10) : end < start
}

/** What makes two identifiers of a request the same one. */
export function identityOf(item: Identifier): string {
  const { value } = checkValue(item.type, item.value)
  const { address, port } = item.type === 'IP' ? splitPort(trimmed(item.value)) : { address: '', port: undefined }
  const same = item.type === 'IMEI' ? value?.slice(0, 14) : value
  return [
    item.type,
    item.type === 'IP' ? address : (same ?? trimmed(item.value)).toLowerCase(),
    item.from ?? '',
    item.to ?? '',
    item.port ?? port ?? '',
  ].join('|')
}

/** The problems of a whole list, by its rows; the same identifier twice is one of them. */
export function checkAll(
  items: readonly Identifier[],
  allowed: readonly string[] = [],
  context: Context = {},
): IdentifierProblem[][] {
  const seen = new Set<string>()
  return items.map((item) => {
    const found = checkIdentifier(item, context)
    if (allowed.length > 0 && !allowed.includes(item.type)) found.push({ field: 'type', code: 'type_not_taken' })
    const identity = identityOf(item)
    if (seen.has(identity)) found.push({ field: 'value', code: 'duplicate' })
    seen.add(identity)
    return found
  })
}

/** The first of these types that a value is one of: what a column of bare values becomes. */
export function guessType(raw: string, allowed: readonly IdentifierType[]): IdentifierType | null {
  return allowed.find((type) => checkValue(type, raw).value !== undefined) ?? null
}

const BULLETS = '••••'

function tail(text: string, most = 4): string {
  const shown = Math.min(most, Math.floor(text.length / 3))
  return BULLETS + (shown > 0 ? text.slice(-shown) : '')
}

/** No more than tells two identifiers of a request apart, as the server masks them. */
export function mask(type: IdentifierType, raw: string): string {
  const text = trimmed(raw)
  const at = text.lastIndexOf('@')
  if (type === 'AADHAAR') {
    const digits = compact(text, ' -X')
    return `XXXX XXXX ${digits.length >= 4 ? digits.slice(-4) : 'XXXX'}`
  }
  if (type === 'EMAIL' && at >= 0) return `${tail(text.slice(0, at), 2)}@${BULLETS}.${text.split('.').at(-1)}`
  if (type === 'UPI_VPA' && at >= 0) return `${tail(text.slice(0, at), 2)}${text.slice(at)}`
  if (type === 'HANDLE' && text.includes(':')) {
    const [platform, ...user] = text.split(':')
    return `${platform}:${tail(user.join(':'), 3)}`
  }
  if (type === 'BANK_ACCOUNT') return tail(plainDigits(text).split(':').at(-1) ?? text)
  return tail(text.replace(/\s/g, ''))
}
