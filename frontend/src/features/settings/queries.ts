/** What a user may see and change of their own account. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, keys, type Schema } from '~/api/index.ts'
import { changeMe } from '~/auth/index.ts'

export const sessionsQuery = queryOptions({
  queryKey: keys.sessions,
  queryFn: ({ signal }) => call(api.GET('/api/v1/auth/sessions/', { signal })),
})

type Session = Schema<'SessionOut'>

/** End sessions elsewhere: one, or all but this one. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (sessions: readonly Session[]) => {
      for (const { id } of sessions) {
        await call(api.DELETE('/api/v1/auth/sessions/{session_id}/', { params: { path: { session_id: id } } }))
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.sessions }),
  })
}

export function useSaveMe() {
  return useMutation({
    mutationFn: (body: Schema<'MeIn'>) => changeMe(() => body),
  })
}

export function useChangePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'PasswordChangeIn'>) => call(api.POST('/api/v1/auth/password/change/', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sessions }),
  })
}
