/** What the trail reads: pages of entries, all of them, and the server's own verdict on the chains. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, call, keys, type Schema } from '~/api/index.ts'
import type { Entry } from './entry.ts'
import { type Ask, askOf, type TrailSearch } from './search.ts'

type Page = Schema<'AuditEntryPage'>
export type ServerPart = Schema<'VerifyOut'>

const PAGE = 100
const MOST_OF_A_PAGE = 200
/** An export, and a walk in the browser, end here; the server's own walk goes to the end of every chain. */
export const MOST_AT_ONCE = 10_000

const readPage = (ask: Ask, signal?: AbortSignal): Promise<Page> =>
  call(api.GET('/api/v1/lers/audit/', { params: { query: ask }, signal }))

export const trailQuery = (search: TrailSearch) =>
  infiniteQueryOptions({
    queryKey: keys.audit.list(search),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      readPage({ ...askOf(search), limit: PAGE, ...(pageParam && { cursor: pageParam }) }, signal),
    getNextPageParam: (page) => page.next_cursor,
  })

interface Reading {
  onProgress?: (read: number, total: number) => void
  signal?: AbortSignal
}

/** Every entry that the filters leave, newest first, up to `MOST_AT_ONCE`; and how many there are in all. */
export async function readAll(
  search: TrailSearch,
  { onProgress, signal }: Reading = {},
): Promise<{ entries: Entry[]; total: number }> {
  const entries: Entry[] = []
  let total = 0
  let cursor: string | null = null
  do {
    signal?.throwIfAborted()
    const page: Page = await readPage({ ...askOf(search), limit: MOST_OF_A_PAGE, ...(cursor && { cursor }) }, signal)
    // What is written while this reads lies before the first page: the first count is the one to reach.
    if (cursor === null) total = page.total
    entries.push(...page.items)
    cursor = page.next_cursor ?? null
    onProgress?.(entries.length, Math.min(total, MOST_AT_ONCE))
  } while (cursor !== null && entries.length < MOST_AT_ONCE)
  return { entries: entries.slice(0, MOST_AT_ONCE), total }
}

/** The server's verdict; long chains come in several calls, and one call may be stopped between two. */
export async function askServer(chain: string | undefined, signal?: AbortSignal): Promise<ServerPart> {
  let whole: ServerPart | null = null
  let cursor: string | null = null
  do {
    signal?.throwIfAborted()
    const query = { ...(chain && { chain }), ...(cursor && { cursor }) }
    const part: ServerPart = await call(api.GET('/api/v1/lers/audit/verify/', { params: { query }, signal }))
    whole = whole ? joined(whole, part) : part
    cursor = part.next_cursor ?? null
  } while (cursor !== null)
  return whole
}

function joined(before: ServerPart, next: ServerPart): ServerPart {
  return {
    ok: before.ok && next.ok,
    complete: next.complete,
    entries: before.entries + next.entries,
    chains: before.chains + next.chains,
    leaves: before.leaves + next.leaves,
    checkpoints: before.checkpoints + next.checkpoints,
    unsigned: next.unsigned,
    problem_count: before.problem_count + next.problem_count,
    problems: [...before.problems, ...next.problems],
  }
}

export interface Named {
  id: string
  name: string
}

/** The people whose acts the reader may single out; an administrator follows people from their entries instead. */
export const peopleQuery = queryOptions({
  queryKey: keys.colleagues,
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/colleagues/', { signal })),
})

export const tenantsQuery = queryOptions({
  queryKey: keys.tenants.list({ names: true }),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/tenants/', { params: { query: { limit: MOST_OF_A_PAGE } }, signal })),
})

/** The request of a number, whole or in part; null when there is none, or not exactly one. */
export async function findRequest(number: string): Promise<Named | null> {
  const found = await call(api.GET('/api/v1/lers/requests/', { params: { query: { q: number, limit: 2 } } }))
  const exact = found.items.find((each) => each.request_number.toLowerCase() === number.toLowerCase())
  const one = exact ?? (found.total === 1 ? found.items[0] : undefined)
  return one ? { id: one.id, name: one.request_number } : null
}
