/** The trail's filters as they stand in the address, and as the API takes them. */
import type { paths } from '~/api/index.ts'
import { type Reader, type SearchOf, searchOf } from '~/domain/search.ts'

const matching =
  (pattern: RegExp): Reader<string> =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? value : undefined

const id = matching(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i)
const day = matching(/^\d{4}-\d{2}-\d{2}$/)

export const trailSearch = searchOf({
  request_id: id,
  actor_id: id,
  object_id: id,
  tenant_id: id,
  /** `request:approve`, or a family of events: `request:`. */
  event: matching(/^[a-z_]{1,40}:[a-z_-]{0,60}$/),
  /** Days in India, both included. */
  from: day,
  to: day,
})
export type TrailSearch = SearchOf<typeof trailSearch>

export type Ask = NonNullable<paths['/api/v1/lers/audit/']['get']['parameters']['query']>

const DAY = 86_400_000
const midnight = (date: string): number => Date.parse(`${date}T00:00:00+05:30`)

export function askOf({ from, to, ...rest }: TrailSearch): Ask {
  const since = from ? midnight(from) : Number.NaN
  const until = to ? midnight(to) + DAY : Number.NaN
  return {
    ...rest,
    ...(Number.isNaN(since) ? {} : { from: new Date(since).toISOString() }),
    ...(Number.isNaN(until) ? {} : { to: new Date(until).toISOString() }),
  }
}
