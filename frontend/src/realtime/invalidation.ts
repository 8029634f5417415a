/** Which cached answers an event makes old, in one table; bursts of events become one refetch. */
import type { QueryClient, QueryFilters } from '@tanstack/react-query'
import { keys } from '~/api/index.ts'
import { createBatch } from './batch.ts'
import type { HubEvent, HubEvents } from './events.ts'

/** `object`: what the event is about. `summary`: lists and figures over many objects, refetched less often. */
type Pace = 'object' | 'summary'

export interface Stale {
  filters: QueryFilters
  pace: Pace
  /** Only note that it is old: what is on the screen must not move under the reader's eyes. */
  quiet?: boolean
}

const object = (queryKey: readonly unknown[]): Stale => ({ filters: { queryKey }, pace: 'object' })
const summary = (queryKey: readonly unknown[]): Stale => ({ filters: { queryKey }, pace: 'summary' })
const filesOfRequests: Stale = {
  pace: 'object',
  filters: { queryKey: keys.requests.all, predicate: ({ queryKey }) => queryKey[3] === 'files' },
}

const TABLE: { [Name in HubEvent]?: (payload: HubEvents[Name]) => Stale[] } = {
  request_updated: ({ id }) => [
    object(keys.requests.one(id)),
    summary(keys.requests.lists),
    summary(keys.requests.counts),
    summary(keys.responses.all),
    summary(['analytics']),
  ],
  file_updated: ({ id }) => [object(keys.files.one(id)), filesOfRequests],
  job_updated: () => [object(keys.jobs)],
  new_notification: () => [
    object(keys.notifications.unread),
    { filters: { queryKey: ['notifications', 'list'] }, pace: 'object', quiet: true },
  ],
  user_left_chat: ({ request_id }) => [object(keys.requests.one(request_id))],
  // What a screen shows now is read anew; the rest when it is looked at.
  gap: () => [
    object(keys.requests.all),
    object(keys.responses.all),
    object(keys.notifications.unread),
    { filters: { queryKey: ['notifications', 'list'] }, pace: 'object', quiet: true },
    object(['files']),
    object(['presence']),
    object(keys.jobs),
    summary(['analytics']),
  ],
}

export function staleBy<Name extends HubEvent>(event: Name, payload: HubEvents[Name]): Stale[] {
  return TABLE[event]?.(payload) ?? []
}

const OBJECT_MS = 250
const SUMMARY_REST_MS = 2_000

interface Source {
  on: <Name extends HubEvent>(event: Name, listener: (payload: HubEvents[Name]) => void) => () => void
}

/** Keep a cache in step with the hub; returns how to stop. */
export function keepFresh(hub: Source, client: QueryClient): () => void {
  const refetch = (found: Stale[]) => {
    for (const { filters, quiet } of found) {
      void client.invalidateQueries({ ...filters, refetchType: quiet ? 'none' : 'active' })
    }
  }
  const batches = {
    object: createBatch<Stale>(refetch, OBJECT_MS),
    summary: createBatch<Stale>(refetch, OBJECT_MS, SUMMARY_REST_MS),
  }
  const stops = (Object.keys(TABLE) as HubEvent[]).map((event) =>
    hub.on(event, (payload) => {
      for (const stale of staleBy(event, payload)) {
        batches[stale.pace].add(JSON.stringify([stale.filters.queryKey, stale.filters.predicate !== undefined]), stale)
      }
    }),
  )
  return () => {
    for (const stop of stops) stop()
    batches.object.stop()
    batches.summary.stop()
  }
}
