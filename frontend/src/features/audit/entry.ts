/** What an entry says: read from the text that was hashed, so that the screen shows nothing the chain does not hold. */
import type { Schema } from '~/api/index.ts'
import { canonicalise, type Json } from '~/crypto/index.ts'

export type Entry = Schema<'AuditEntryOut'>

export interface Told {
  email: string | null
  role: string | null
  /** The session in which it was done. */
  session: string | null
  ip: string | null
  /** The id of the call, under which the logs know it. */
  call: string | null
  userAgent: string | null
  objectVersion: string | null
}

export const keyOf = ({ chain, seq }: { chain: string; seq: number }): string => `${chain} ${seq}`

/**
 * Whether the list says what the hashed text says: what stands on the screen comes from columns, and those are outside
 * the hash. `chain` and `seq` are checked with the links.
 */
export function agreesWithText(entry: Entry): boolean {
  let told: Loose
  try {
    told = JSON.parse(entry.canonical) as Loose
  } catch {
    return false
  }
  const { id, name, rank } = partOf(told, 'actor')
  const object = partOf(told, 'obj')
  const said = [told.event, id, name, rank, object.type, object.id, told.request, told.change, told.why]
  const { actor } = entry
  const shown = [
    ...[entry.event, actor.id, actor.name, actor.rank],
    ...[entry.object_type, entry.object_id, entry.request_id, entry.change, entry.why],
  ]
  return sameMoment(String(told.at), entry.at) && written(said) === written(shown)
}

const written = (values: unknown[]) => canonicalise(values.map((value) => value ?? null) as Json)
const sameMoment = (one: string, other: string) =>
  Date.parse(one) === Date.parse(other) && microsOf(one) === microsOf(other)

type Loose = Record<string, unknown>
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const partOf = (whole: Loose, name: string): Loose => (whole[name] ?? {}) as Loose

export function readTold(canonical: string): Told {
  let whole: Loose = {}
  try {
    whole = (JSON.parse(canonical) ?? {}) as Loose
  } catch {
    // A text that was tampered with: the verification says so, the list goes on.
  }
  const [actor, source, object] = [partOf(whole, 'actor'), partOf(whole, 'src'), partOf(whole, 'obj')]
  return {
    email: textOf(actor.email),
    role: textOf(actor.role),
    session: textOf(actor.sid),
    ip: textOf(source.ip),
    call: textOf(source.req_id),
    userAgent: textOf(source.ua),
    objectVersion: textOf(object.version),
  }
}

/** Newer names stand before older ones that they also claim to be. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/Edg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/(?:OPR|Opera)\/(\d+)/, 'Opera'],
  [/SamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/, 'Safari'],
]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad|iPod/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]
const LONGEST_NAME = 32

/** `Chrome 156, Linux`; what is no browser by its first word. */
export function deviceOf(userAgent: string | null): string | null {
  if (!userAgent) return null
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1]
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1]
    if (version) return [`${name} ${version}`, system].filter(Boolean).join(', ')
  }
  return (userAgent.split(/[\s(]/)[0] ?? userAgent).replace('/', ' ').slice(0, LONGEST_NAME)
}

/** The microseconds of a moment, which no Date keeps: `123456`. */
export const microsOf = (at: string): string => (/\.(\d{1,6})/.exec(at)?.[1] ?? '').padEnd(6, '0')

export interface Difference {
  kind: 'difference'
  /** `''`: the state of the object itself. */
  name: string
  old: unknown
  new: unknown
}
export interface Fields {
  kind: 'fields'
  names: string[]
}
export interface Fact {
  kind: 'fact'
  name: string
  value: unknown
}
export type Change = Difference | Fields | Fact

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What was changed, from what to what; then which fields; then what else was noted. */
export function changesOf(change: Entry['change']): Change[] {
  const found: Change[] = []
  const { old, new: now, fields, ...rest } = (change ?? {}) as Loose
  const compared = change !== null && change !== undefined && ('old' in change || 'new' in change)
  if (compared && old !== now) found.push({ kind: 'difference', name: '', old, new: now })
  if (Array.isArray(fields) && fields.length > 0) found.push({ kind: 'fields', names: fields.map(String) })
  return [...found, ...Object.entries(rest).flatMap(([name, value]) => factsOf(name, value))]
}

function factsOf(name: string, value: unknown): Change[] {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return []
  if (!isObject(value)) return [{ kind: 'fact', name, value }]
  if ('old' in value && 'new' in value) return [{ kind: 'difference', name, old: value.old, new: value.new }]
  return Object.entries(value).flatMap(([inner, each]) => factsOf(`${name}.${inner}`, each))
}
