/** The caller's notifications, page by page, and marking them as read. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { api, call, keys, type Schema, serverNow } from '~/api/index.ts'
import { type Mark, marked } from './groups.ts'
import { FAMILIES, type Family } from './kinds.ts'

export type NotificationPage = Schema<'NotificationPage'>

export interface Filters {
  unread: boolean
  family: Family | null
}

const PAGE = 50
const LISTS = ['notifications', 'list'] as const

export const listQuery = ({ unread, family }: Filters) =>
  infiniteQueryOptions({
    queryKey: keys.notifications.list({ unread, family }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: NotificationPage) => page.next_cursor,
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET('/api/v1/lers/notifications/', {
          params: {
            query: {
              limit: PAGE,
              cursor: pageParam,
              ...(unread ? { unread } : {}),
              ...(family ? { type: [...FAMILIES[family].types] } : {}),
            },
          },
          signal,
        }),
      ),
    refetchOnWindowFocus: false,
  })

/** Mark as read at once; the server's count follows, and a refusal brings everything back as it is. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (mark: Mark) => call(api.POST('/api/v1/lers/notifications/', { body: mark })),
    onMutate: (mark) => markInLists(client, mark),
    onSuccess: ({ unread_count }) => client.setQueryData(keys.notifications.unread, unread_count),
    onError: () => client.invalidateQueries({ queryKey: keys.notifications.all }),
  })
}

function markInLists(client: QueryClient, mark: Mark): void {
  const at = new Date(serverNow()).toISOString()
  client.setQueriesData<InfiniteData<NotificationPage>>(
    { queryKey: LISTS, predicate: ({ state }) => isPaged(state.data) },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({ ...page, items: [...marked(page.items, mark, at)] })),
      },
  )
}

/** Other screens keep lists of another shape under the same key. */
const isPaged = (data: unknown): data is InfiniteData<NotificationPage> =>
  typeof data === 'object' && data !== null && 'pages' in data
