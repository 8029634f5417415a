/** Addresses of request lists, for figures that lead to what they count. */
import { type AnyRouter, useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { RequestListSearch } from '~/features/requests/index.ts'

/** `list({ status: ['COMPLETED'] })`: the address of that list in this portal. */
export function useListAddress(to: '/requests' | '/inbox'): (search: Partial<RequestListSearch>) => string {
  // Each portal has one of the two lists, and features are compiled with the routes of both.
  const router = useRouter() as AnyRouter
  return useCallback((search) => router.buildLocation({ to, search }).href, [router, to])
}
