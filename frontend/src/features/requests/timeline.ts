/** The timeline as people tell it: what one act wrote several times is told once, and days stand apart. */
import type { Schema } from '~/api/index.ts'

export type TimelineEvent = Schema<'TimelineOut'>

export interface TimelineEntry {
  key: string
  at: string
  event: string
  actor: TimelineEvent['actor']
  tenant: TimelineEvent['tenant']
  change: Record<string, unknown>
  /** The id of the thing that was acted on: an approval, a response, a file. */
  objectId: string | null
  /** How many like it were told as one. */
  count: number
}

/** What goes along with another event of the same moment and says nothing more: [the one told, the one that goes]. */
const ALONG: Readonly<Record<string, readonly string[]>> = {
  'approval:sealed': ['request:approve', 'request:reject', 'request:request_changes'],
  'response:create': ['request:respond', 'request:respond_partially'],
}

/** What people do many times in a row. */
const REPEATED: ReadonlySet<string> = new Set([
  'chat:post',
  'request:update',
  'request:identifiers_read',
  'file:download',
  'break_glass:read',
])

/** Tell each act once, oldest first. */
export function tell(events: readonly TimelineEvent[]): TimelineEntry[] {
  const told: TimelineEntry[] = []
  for (const event of events) {
    const entry = entryOf(event, told.length)
    if (joinAct(told, entry) || joinRow(told, entry)) continue
    told.push(entry)
  }
  return told
}

/** One event as an entry; `place` tells events of the same moment apart. */
export function entryOf(event: TimelineEvent, place: number): TimelineEntry {
  return {
    key: `${event.at} ${event.event} ${place}`,
    at: event.at,
    event: event.event,
    actor: event.actor,
    tenant: event.tenant,
    change: (event.change ?? {}) as Record<string, unknown>,
    objectId: event.object_id ?? null,
    count: 1,
  }
}

const sameHand = (a: TimelineEntry, b: TimelineEntry) => a.actor?.id === b.actor?.id && a.tenant.id === b.tenant.id

function joinAct(told: TimelineEntry[], next: TimelineEntry): boolean {
  for (const [main, others] of Object.entries(ALONG)) {
    const partner = (entry: TimelineEntry) =>
      (entry.event === main && others.includes(next.event)) || (next.event === main && others.includes(entry.event))
    const found = told.findLast((entry) => entry.at === next.at && sameHand(entry, next) && partner(entry))
    if (!found) continue
    // The approval and the response are the things to look at; the step says where it led.
    found.change = { ...found.change, ...next.change }
    if (next.event === main) {
      found.event = main
      found.objectId = next.objectId
    }
    return true
  }
  return false
}

function joinRow(told: TimelineEntry[], next: TimelineEntry): boolean {
  const last = told.at(-1)
  if (!last || !REPEATED.has(next.event) || last.event !== next.event || !sameHand(last, next)) return false
  if (dayOf(last.at) !== dayOf(next.at)) return false
  last.count += 1
  last.at = next.at
  if (Array.isArray(last.change.fields) && Array.isArray(next.change.fields)) {
    last.change = { ...last.change, fields: [...new Set([...last.change.fields, ...next.change.fields])] }
  }
  return true
}

const IST = 5.5 * 3_600_000

/** The day in India on which something happened: `2026-11-24`. */
export const dayOf = (at: string): string => new Date(Date.parse(at) + IST).toISOString().slice(0, 10)

export interface TimelineDay {
  day: string
  entries: TimelineEntry[]
}

/** By days, as the order of the entries is. */
export function byDay(entries: readonly TimelineEntry[]): TimelineDay[] {
  const days: TimelineDay[] = []
  for (const entry of entries) {
    const day = dayOf(entry.at)
    const last = days.at(-1)
    if (last?.day === day) last.entries.push(entry)
    else days.push({ day, entries: [entry] })
  }
  return days
}
