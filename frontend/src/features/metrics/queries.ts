/** The figures of the dashboards and of these pages. The server counts; nothing is summed here. */
import { queryOptions } from '@tanstack/react-query'
import { api, call, keys } from '~/api/index.ts'

export const overviewQuery = queryOptions({
  queryKey: keys.analytics('overview'),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/analytics/overview/', { signal })),
})
export const promisesQuery = queryOptions({
  queryKey: keys.analytics('sla'),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/analytics/sla/', { signal })),
})
export const providersQuery = queryOptions({
  queryKey: keys.analytics('providers'),
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/analytics/providers/', { signal })),
})
