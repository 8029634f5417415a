/** Who is there: what REST told, kept up to date by the hub. */
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { api, call, keys, type Schema } from '~/api/index.ts'
import type { PresenceStatus } from './events.ts'
import type { Hub } from './hub.ts'
import { createStore } from './store.ts'

export interface Presence {
  status: PresenceStatus
  last_seen: string | null
}
export type PresentPerson = Schema<'PresenceOut'>

/** What the hub has told since this page was opened; it is newer than any answer of REST. */
const told = createStore<ReadonlyMap<string, Presence>>(new Map())

export function followPresence(hub: Pick<Hub, 'on'>): () => void {
  const note = (user: string, presence: Presence) => told.set(new Map(told.get()).set(user, presence))
  const stops = [
    hub.on('presence_updated', ({ user_id, status, last_seen }) => note(user_id, { status, last_seen })),
    hub.on('user_offline', ({ user_id, last_seen }) => note(user_id, { status: 'OFFLINE', last_seen })),
    // What was missed is read again, and what was told before the gap is older than that.
    hub.on('gap', () => told.set(new Map())),
  ]
  return () => {
    for (const stop of stops) stop()
    told.set(new Map())
  }
}

const personQuery = (id: string) =>
  queryOptions({
    queryKey: keys.presence(['user', id]),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/presence/', { params: { query: { user_id: id } }, signal })),
    staleTime: 60_000,
    retry: false,
  })

const requestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.presence(['request', id]),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/presence/', { params: { query: { request_id: id } }, signal })),
    staleTime: 60_000,
    retry: false,
  })

/** The presence of these people; those with whom one shares no request are left out. */
export function usePresence(ids: readonly string[]): ReadonlyMap<string, Presence> {
  const live = useSyncExternalStore(told.subscribe, told.get)
  const wanted = useMemo(() => [...new Set(ids)].sort(), [ids])
  const asked = useQueries({ queries: wanted.map(personQuery) })
  const found = new Map<string, Presence>()
  wanted.forEach((id, place) => {
    const known = asked[place]?.data?.items[0]
    const now = live.get(id) ?? (known && { status: known.status, last_seen: known.last_seen ?? null })
    if (now) found.set(id, now)
  })
  return found
}

/** Everybody of both sides who may see a request, with their presence as it is now. */
export function useRequestPresence(requestId: string): readonly PresentPerson[] {
  const live = useSyncExternalStore(told.subscribe, told.get)
  const { data } = useQuery(requestQuery(requestId))
  return useMemo(() => (data?.items ?? []).map((person) => ({ ...person, ...live.get(person.user_id) })), [data, live])
}
