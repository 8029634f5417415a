/** What those who run LERS read and do: emergency access, queues and jobs, the parts of the system. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'

export type BreakGlass = Schema<'BreakGlassOut'>
export type JobBoard = Schema<'JobBoardOut'>
export type Health = Schema<'HealthOut'>

const SESSIONS = 100
/** Both change by themselves, and nobody tells the browser. */
const LOOK_EVERY = 15_000

export const breakGlassQuery = queryOptions({
  queryKey: keys.breakGlass,
  queryFn: async ({ signal }) => {
    const page = await call(
      api.GET('/api/v1/auth/break-glass/', { params: { query: { limit: SESSIONS } as never }, signal }),
    )
    return page.items
  },
  refetchInterval: LOOK_EVERY,
})

/** Requests whose number, or a part of it, is this. */
export const requestByNumberQuery = (number: string) =>
  queryOptions({
    queryKey: keys.requests.list({ number }),
    queryFn: async ({ signal }) => {
      const query = { q: number, limit: 8, sort: '-created_at' } as never
      return (await call(api.GET('/api/v1/lers/requests/', { params: { query }, signal }))).items
    },
    enabled: number.length >= 2,
    placeholderData: (before) => before,
  })

function useBreakGlass<Given>(mutationFn: (given: Given) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn,
    onSettled: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: keys.breakGlass }),
        client.invalidateQueries({ queryKey: keys.requests.all }),
      ])
    },
  })
}

const versioned = ({ id, version }: BreakGlass) => ({
  params: { path: { session_id: id } },
  headers: { 'If-Match': ifMatch(version) },
})

export const useBreakTheGlass = () =>
  useBreakGlass((body: Schema<'BreakGlassIn'>) =>
    call(api.POST('/api/v1/auth/break-glass/', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
  )

export const useConfirmBreakGlass = () =>
  useBreakGlass((session: BreakGlass) =>
    call(api.POST('/api/v1/auth/break-glass/{session_id}/confirm/', { ...versioned(session), body: {} })),
  )

export const useEndBreakGlass = () =>
  useBreakGlass((session: BreakGlass) => call(api.DELETE('/api/v1/auth/break-glass/{session_id}/', versioned(session))))

export const jobsQuery = queryOptions({
  queryKey: keys.jobs,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/jobs/', { signal })),
  refetchInterval: LOOK_EVERY,
})

export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: ({ signal }) => call(api.GET('/api/v1/lers/health/', { signal })),
  refetchInterval: LOOK_EVERY,
})

export function useRetryJob() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) =>
      call(api.POST('/api/v1/lers/jobs/{job_id}/retry/', { params: { path: { job_id: id } }, body: {} })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.jobs }),
  })
}
