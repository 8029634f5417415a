/** A chat from the server, kept whole by the socket. */
import { type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { api, call, keys, type Schema, serverNow } from '~/api/index.ts'
import { type Message, useSocketEvent } from '~/realtime/index.ts'
import { type Chat, type MessagePage, merge, readBefore, readOn, type Side, withReceipt } from './messages.ts'

const PAGE = 50

const pages =
  (requestId: string, signal?: AbortSignal) =>
  (cursor: { after: string } | { before: string } | null): Promise<MessagePage> =>
    call(
      api.GET('/api/v1/lers/requests/{request_id}/messages/', {
        params: { path: { request_id: requestId }, query: { limit: PAGE, ...cursor } },
        signal,
      }),
    )

/** Each reading goes on from what is there: pages that were scrolled to stay, and a gap is filled. */
export const chatQuery = (client: QueryClient, requestId: string) =>
  queryOptions({
    queryKey: keys.messages(requestId),
    queryFn: async ({ signal }): Promise<Chat> => {
      const found = await readOn(client.getQueryData<Chat>(keys.messages(requestId)), pages(requestId, signal))
      // What the socket told while the pages were read.
      const now = client.getQueryData<Chat>(keys.messages(requestId))
      return now ? { ...found, items: merge(now.items, found.items) } : found
    },
    staleTime: 0,
  })

interface ChatOptions {
  side: Side
  ownTenant: string
  enabled: boolean
}

export function useChat(requestId: string, { side, ownTenant, enabled }: ChatOptions) {
  const client = useQueryClient()
  const options = chatQuery(client, requestId)
  const query = useQuery({ ...options, enabled })
  const change = useCallback(
    (next: (items: readonly Message[]) => readonly Message[]) =>
      client.setQueryData<Chat>(keys.messages(requestId), (chat) => chat && { ...chat, items: next(chat.items) }),
    [client, requestId],
  )
  const readAnew = () => {
    if (enabled) void client.invalidateQueries({ queryKey: keys.messages(requestId) })
  }
  useSocketEvent('new_message', (message) => {
    if (message.request_id === requestId) change((items) => merge(items, [message]))
  })
  useSocketEvent('sent', ({ request_id, message }) => {
    if (request_id !== requestId) return
    if (message) change((items) => merge(items, [message]))
    else readAnew()
  })
  useSocketEvent('message_read', ({ request_id, user_id, up_to }) => {
    if (request_id !== requestId) return
    if (isOfOtherSide(client, requestId, { userId: user_id, side, ownTenant })) {
      change((items) => withReceipt(items, side, up_to, new Date(serverNow()).toISOString()))
    }
  })
  useSocketEvent('joined', ({ request_id }) => {
    if (request_id === requestId) readAnew()
  })
  useSocketEvent('gap', readAnew)
  const older = useOlder(client, requestId)
  return { query, ...older }
}

interface Reader {
  userId: string
  side: Side
  ownTenant: string
}

/** Whether a reader is of the other side; about a stranger the messages themselves tell. */
function isOfOtherSide(client: QueryClient, requestId: string, { userId, side, ownTenant }: Reader): boolean {
  const wrote = client.getQueryData<Chat>(keys.messages(requestId))?.items.find(({ sender }) => sender?.id === userId)
  if (wrote) return wrote.sender_type !== side
  const people = client.getQueryData<Schema<'PresencePage'>>(keys.presence(['request', requestId]))
  const person = people?.items.find(({ user_id }) => user_id === userId)
  if (person) return person.tenant.id !== ownTenant
  void client.invalidateQueries({ queryKey: keys.messages(requestId) })
  return false
}

function useOlder(client: QueryClient, requestId: string) {
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')
  const loadOlder = useCallback(async () => {
    const chat = client.getQueryData<Chat>(keys.messages(requestId))
    if (!chat?.older) return
    setState('loading')
    try {
      const { items, older } = await readBefore(chat, pages(requestId))
      client.setQueryData<Chat>(keys.messages(requestId), (now) => ({
        ...(now ?? chat),
        items: merge(now?.items ?? chat.items, items),
        older,
      }))
      setState('idle')
    } catch {
      setState('failed')
    }
  }, [client, requestId])
  return { older: state, loadOlder }
}

/** Tell the server how far this user has read, and remember it with the chat. */
export async function markRead(client: QueryClient, requestId: string, upTo: string): Promise<void> {
  const read = await call(
    api.POST('/api/v1/lers/requests/{request_id}/messages/read/', {
      params: { path: { request_id: requestId } },
      body: { up_to: upTo },
    }),
  )
  client.setQueryData<Chat>(keys.messages(requestId), (chat) => chat && { ...chat, readUpTo: read.up_to })
}

/** Who reads the chat has read what told them of it. */
export async function markNotificationsRead(client: QueryClient, requestId: string): Promise<void> {
  const unread = await call(
    api.GET('/api/v1/lers/notifications/', {
      params: { query: { unread: true, type: ['NEW_MESSAGE'], request_id: requestId, limit: 100 } },
    }),
  )
  if (unread.items.length === 0) return
  await call(api.POST('/api/v1/lers/notifications/', { body: { ids: unread.items.map(({ id }) => id) } }))
  await client.invalidateQueries({ queryKey: keys.notifications.unread })
  await client.invalidateQueries({ queryKey: ['notifications', 'list'] })
}
