/** The public configuration as cached state. Apart from how it is read: the sign-in has no cache. */
import { queryOptions } from '@tanstack/react-query'
import { keys } from './keys.ts'
import { knownPublicConfig, readPublicConfig } from './public-config.ts'

export const publicConfig = queryOptions({
  queryKey: keys.config,
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => knownPublicConfig() ?? readPublicConfig(signal),
})
