/** What comes due when, each as a number and as the list behind it. Pure. */
import type { Schema } from '~/api/index.ts'
import { OPEN_STATUSES, type RequestFilters } from '~/features/requests/index.ts'

type DueNext = Schema<'DueNextOut'>
export type Bucket = 'breached' | 'next_4_hours' | 'next_24_hours' | 'next_72_hours' | 'later' | 'paused'

export interface DueBucket {
  name: Bucket
  count: number
  filters: RequestFilters
}

const HOUR = 3_600_000
/** The first due date of the next bucket is a moment after the last one of this. */
const MOMENT = 1

/** The buckets in the order of time; each begins where the one before it ends, as the server counts them. */
export function dueBuckets(due: DueNext, asOf: string): DueBucket[] {
  const start = Date.parse(asOf)
  const at = (hours: number, more = 0) => new Date(start + hours * HOUR + more).toISOString()
  const still = (filters: RequestFilters): RequestFilters => ({ status: OPEN_STATUSES, ...filters })
  return [
    { name: 'breached', count: due.breached, filters: still({ sla: 'breached' }) },
    { name: 'next_4_hours', count: due.next_4_hours, filters: still({ due_from: at(0), due_to: at(4) }) },
    { name: 'next_24_hours', count: due.next_24_hours, filters: still({ due_from: at(4, MOMENT), due_to: at(24) }) },
    { name: 'next_72_hours', count: due.next_72_hours, filters: still({ due_from: at(24, MOMENT), due_to: at(72) }) },
    { name: 'later', count: due.later, filters: still({ due_from: at(72, MOMENT) }) },
    { name: 'paused', count: due.paused, filters: still({ sla: 'paused' }) },
  ]
}

/** What is due from now to the end of the day. */
export const dueToday = (asOf: string, until: string): RequestFilters => ({
  status: OPEN_STATUSES,
  due_from: asOf,
  due_to: until,
})

export type DayPart = 'morning' | 'afternoon' | 'evening'

const NOON = 12
const EVENING = 17

/** The part of the day in India, where the officers are. */
export function dayPart(now: number): DayPart {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Kolkata' }).format(now),
  )
  return hour < NOON ? 'morning' : hour < EVENING ? 'afternoon' : 'evening'
}
