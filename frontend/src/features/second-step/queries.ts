/** The second step of one's own sign-in: its state, and what changes it. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, keys, type Schema } from '~/api/index.ts'

export type Mfa = Schema<'MfaOut'>
export type Enrolment = Schema<'EnrolmentOut'>

export const mfaQuery = queryOptions({
  queryKey: keys.mfa,
  queryFn: ({ signal }) => call(api.GET('/api/v1/auth/mfa/', { signal })),
})

/** What hangs on the second step: its state here, and the sessions, of which the others end. */
function useChanged() {
  const client = useQueryClient()
  return () => {
    for (const queryKey of [keys.mfa, keys.sessions]) void client.invalidateQueries({ queryKey })
  }
}

/** Make a secret for an authenticator app. Nothing of it is kept in the cache. */
export const useEnrol = () =>
  useMutation({
    mutationFn: () => call(api.POST('/api/v1/auth/mfa/enrol/')),
    gcTime: 0,
  })

/** Confirm the app by its first code: ten recovery codes come back, this once. */
export function useConfirm() {
  const changed = useChanged()
  return useMutation({
    mutationFn: async (code: string) =>
      (await call(api.POST('/api/v1/auth/mfa/confirm/', { body: { code } }))).recovery_codes,
    onSuccess: changed,
    gcTime: 0,
  })
}

export function useRenewCodes() {
  const changed = useChanged()
  return useMutation({
    mutationFn: async () => (await call(api.POST('/api/v1/auth/mfa/recovery-codes/'))).recovery_codes,
    onSuccess: changed,
    gcTime: 0,
  })
}

export function useRemove() {
  const changed = useChanged()
  return useMutation({
    mutationFn: () => call(api.DELETE('/api/v1/auth/mfa/')),
    onSuccess: changed,
  })
}
