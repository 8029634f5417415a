/** The numbers beside the places: what waits there. One small query each, shared by all who show it. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, call, keys } from '~/api/index.ts'
import type { Place } from './portal.ts'

export type CountName = NonNullable<Place['count']>

const requestCounts = queryOptions({
  queryKey: keys.requests.counts,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/requests/counts/', { signal })),
})

/** How many of the caller's notifications are unread. */
export const unreadCount = queryOptions({
  queryKey: keys.notifications.unread,
  queryFn: async ({ signal }) => {
    const page = await call(
      api.GET('/api/v1/lers/notifications/', { params: { query: { unread: true, limit: 1 } }, signal }),
    )
    return page.total
  },
})

const unreviewed = { status: 'RECEIVED', limit: 1 } as const
const responsesToReview = queryOptions({
  queryKey: keys.responses.list(unreviewed),
  queryFn: async ({ signal }) =>
    (await call(api.GET('/api/v1/lers/responses/', { params: { query: unreviewed }, signal }))).total,
})

/** What waits at a place; 0 until it is known. */
export function usePlaceCount(name: CountName): number {
  const byStatus = name === 'approvals' || name === 'inbox'
  const counts = useQuery({ ...requestCounts, enabled: byStatus })
  const responses = useQuery({ ...responsesToReview, enabled: name === 'responses' })
  const unread = useQuery({ ...unreadCount, enabled: name === 'notifications' })
  switch (name) {
    case 'approvals':
      return counts.data?.status.PENDING_APPROVAL ?? 0
    case 'inbox':
      return counts.data?.status.SUBMITTED ?? 0
    case 'responses':
      return responses.data ?? 0
    case 'notifications':
      return unread.data ?? 0
  }
}

export const shortCount = (count: number): string => (count > 99 ? '99+' : String(count))
