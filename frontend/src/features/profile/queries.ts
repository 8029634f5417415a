/** Providers: who they are, how they work, and what a change of their hours would do. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { ProfileIn } from './profile-form.ts'

export type Provider = Schema<'ProviderOut'>
export type Metrics = Schema<'MetricsOut'>
export type Preview = Schema<'PreviewOut'>

const at = (id: string) => ({ params: { path: { tenant_id: id } } })

export const providersQuery = queryOptions({
  queryKey: keys.providers.list({}),
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/', { params: { query: { limit: 200 } }, signal })),
})

export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: keys.providers.profile(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/{tenant_id}/profile/', { ...at(id), signal })),
  })

export const metricsQuery = (id: string) =>
  queryOptions({
    queryKey: keys.providers.metrics(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/lers/providers/{tenant_id}/metrics/', { ...at(id), signal })),
  })

/** Promises that the preview counts, in hours. */
export const EXAMPLES = [4, 24, 72] as const

export type CalendarIn = Pick<
  ProfileIn,
  'service_hours' | 'time_zone' | 'country' | 'state' | 'own_holidays' | 'holidays_affect_sla'
>

export const previewQuery = (id: string, calendar: CalendarIn | null, start: string | null) =>
  queryOptions({
    queryKey: [...keys.providers.profile(id), 'preview', calendar, start],
    enabled: calendar !== null,
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      call(
        api.POST('/api/v1/lers/providers/{tenant_id}/profile/preview/', {
          ...at(id),
          body: { ...calendar, hours: [...EXAMPLES], ...(start && { start }) } as Schema<'PreviewIn'>,
          signal,
        }),
      ),
  })

export function useSaveProfile(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: ProfileIn }) =>
      call(
        api.PUT('/api/v1/lers/providers/{tenant_id}/profile/', {
          ...at(id),
          headers: { 'If-Match': ifMatch(version) },
          body,
        }),
      ),
    onSuccess: (profile) => {
      cache.setQueryData(keys.providers.profile(id), profile)
      void cache.invalidateQueries({ queryKey: ['providers'] })
    },
  })
}
