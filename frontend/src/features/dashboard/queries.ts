/** What the dashboards read. The server counts; nothing is summed here. */
import { queryOptions } from '@tanstack/react-query'
import { api, call, keys } from '~/api/index.ts'

/** Providers as the caller knows them; for a provider its own team. Read by the figures' pages, too. */
export const providersQuery = queryOptions({
  queryKey: keys.analytics('providers'),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/analytics/providers/', { signal })),
})

const toReview = { status: 'RECEIVED', limit: 3 } as const
export const toReviewQuery = queryOptions({
  queryKey: keys.responses.list({ top: toReview }),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/responses/', { params: { query: toReview }, signal })),
})

const one = { limit: 1 } as const
export const tenantsCount = queryOptions({
  queryKey: keys.tenants.list({ count: true }),
  queryFn: async ({ signal }) =>
    (await call(api.GET('/api/v1/tenants/', { params: { query: { ...one, is_active: true } }, signal }))).total,
})
export const usersCount = queryOptions({
  queryKey: keys.users.list({ count: true }),
  queryFn: async ({ signal }) =>
    (await call(api.GET('/api/v1/users/', { params: { query: { ...one, is_active: true } }, signal }))).total,
})
export const openBreakGlass = queryOptions({
  queryKey: [...keys.breakGlass, 'open'],
  queryFn: async ({ signal }) => {
    const { items } = await call(api.GET('/api/v1/auth/break-glass/', { signal }))
    return items.filter(({ state }) => state === 'OPEN' || state === 'WAITING').length
  },
})
export const failedJobs = queryOptions({
  queryKey: [...keys.jobs, 'failed'],
  queryFn: async ({ signal }) => {
    const { queues } = await call(api.GET('/api/v1/lers/jobs/', { signal }))
    return queues.reduce((sum, queue) => sum + queue.failed, 0)
  },
})
export const healthNow = queryOptions({
  queryKey: [...keys.health, 'now'],
  refetchInterval: 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/health/', { signal })),
})
