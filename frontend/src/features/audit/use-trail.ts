/** The trail as the address narrows it: its filters, its entries, and what the filters' ids are called. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import type { Entry } from './entry.ts'
import { type Named, peopleQuery, tenantsQuery, trailQuery } from './queries.ts'
import { type TrailSearch, trailSearch } from './search.ts'

export function useTrail() {
  const raw = useSearch({ strict: false })
  const search = useMemo(() => trailSearch(raw), [raw])
  const navigate = useNavigate()
  const go = useCallback(
    (next: TrailSearch) => void navigate({ to: '.' as string, search: next as never, resetScroll: false }),
    [navigate],
  )
  const change = useCallback((part: Partial<TrailSearch>) => go(trailSearch({ ...search, ...part })), [go, search])
  const query = useInfiniteQuery(trailQuery(search))
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  return { search, go, change, query, entries, total: query.data?.pages[0]?.total, ...useNames(search, entries) }
}
export type Trail = ReturnType<typeof useTrail>

/** Names of the people, organisations and requests that filters single out, from what is on the screen. */
function useNames(search: TrailSearch, entries: readonly Entry[]) {
  const me = useMe()
  const overAll = me.role === 'SUPER_ADMIN'
  const people = useQuery(peopleQuery)
  const tenants = useQuery({ ...tenantsQuery, enabled: overAll })
  // Found by its number, or followed from an entry: a filter may leave no entry that tells the number.
  const [request, setRequest] = useState<Named | null>(null)
  const colleagues: Named[] = useMemo(() => people.data?.items ?? [], [people.data])
  const organisations: Named[] = useMemo(() => tenants.data?.items ?? [], [tenants.data])
  const nameOf = useCallback(
    (id: unknown): string | null =>
      [...colleagues, ...organisations].find((each) => each.id === id)?.name ??
      entries.find(({ actor }) => actor.id === id)?.actor.name ??
      entries.find(({ tenant }) => tenant.id === id)?.tenant.name ??
      null,
    [colleagues, organisations, entries],
  )
  const requestNumber =
    (request?.id === search.request_id ? request?.name : undefined) ??
    entries.find((entry) => entry.request_id === search.request_id && entry.request_number)?.request_number ??
    null
  return { overAll, colleagues, organisations, nameOf, requestNumber, setRequest }
}
