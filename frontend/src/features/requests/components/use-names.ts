/** Names of the people whom a request's events speak of by id, as far as this reader knows them already. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { colleaguesQuery, type LersRequest } from '../queries.ts'

export function useNames(request: LersRequest): (id: unknown) => string | null {
  const colleagues = useQuery({ ...colleaguesQuery, retry: false })
  const { created_by, approved_by, assigned_to } = request
  return useCallback(
    (id) => {
      const known = [...(colleagues.data?.items ?? []), created_by, approved_by, assigned_to]
      return known.find((person) => person?.id === id)?.name ?? null
    },
    [colleagues.data, created_by, approved_by, assigned_to],
  )
}
