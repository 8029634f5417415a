/** The cache of server state, with one rule for what is tried again. */
import { QueryClient } from '@tanstack/react-query'
import { Problem } from './problem.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: (failures, error) => error instanceof Problem && error.retryable && error.status !== 429 && failures < 2,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
})
