/** The live side of the portals, as React sees it. */
import { useCallback, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react'
import type { HubEvent, HubEvents } from './events.ts'
import type { LinkState, RoomState } from './hub.ts'
import { hub, outbox, startRealtime } from './live.ts'
import type { Outgoing } from './outbox-queue.ts'
import { BELIEVE_MS, createTypingTeller, heardTyping, stillTyping, type Typists } from './typing.ts'

/** Keeps the connection while the caller is on the screen; the shell calls this once. */
export function useRealtimeConnection(): void {
  useEffect(startRealtime, [])
}

export interface Realtime {
  link: LinkState
  /** Try to connect now. */
  retry: () => void
}

const retry = () => {
  hub.hurry()
  void outbox.flush()
}

/** The state of the connection. */
export function useRealtime(): Realtime {
  const link = useSyncExternalStore(hub.link.subscribe, hub.link.get)
  return useMemo(() => ({ link, retry }), [link])
}

/** Calls back for each event of this name; the newest `listener` is called. */
export function useSocketEvent<Name extends HubEvent>(name: Name, listener: (payload: HubEvents[Name]) => void): void {
  const told = useEffectEvent(listener)
  useEffect(() => hub.on(name, (payload) => told(payload)), [name])
}

/** Be in a request's room while on the screen. Who may read the chat and sits in no room (break-glass) is `refused`. */
export function useRoom(requestId: string, wanted = true): RoomState {
  useEffect(() => (wanted ? hub.enter(requestId) : undefined), [requestId, wanted])
  const rooms = useSyncExternalStore(hub.rooms.subscribe, hub.rooms.get)
  return rooms.get(requestId) ?? 'joining'
}

/** Whether some screen of this window shows this request's chat. */
export const inRoom = (requestId: string): boolean => hub.rooms.get().get(requestId) === 'joined'

export interface Typing {
  /** Ids of the others who are typing. */
  typists: readonly string[]
  typed: () => void
  stopped: () => void
}

/** Who is typing in a request's chat, and how to say that one does. Needs `useRoom`. */
export function useTyping(requestId: string): Typing {
  const [typists, setTypists] = useState<Typists>(new Map())
  const teller = useMemo(
    () => createTypingTeller((is_typing) => void hub.ask('typing', { request_id: requestId, is_typing })),
    [requestId],
  )
  useEffect(() => teller.stopped, [teller])
  useSocketEvent('user_typing', ({ request_id, user_id, is_typing }) => {
    if (request_id === requestId) setTypists((known) => heardTyping(known, user_id, is_typing, Date.now()))
  })
  useSocketEvent('user_left_chat', ({ request_id, user_id }) => {
    if (request_id === requestId) setTypists((known) => heardTyping(known, user_id, false, Date.now()))
  })
  useEffect(() => {
    if (typists.size === 0) return
    const timer = setTimeout(() => setTypists((known) => stillTyping(known, Date.now())), BELIEVE_MS)
    return () => clearTimeout(timer)
  }, [typists])
  return useMemo(() => ({ typists: [...typists.keys()], ...teller }), [typists, teller])
}

/** This user's messages on their way in one chat. */
export function useOutgoing(requestId: string): readonly Outgoing[] {
  const items = useSyncExternalStore(outbox.items.subscribe, outbox.items.get)
  return useMemo(() => items.filter((item) => item.request_id === requestId), [items, requestId])
}

/** How many messages of this user wait to be sent, in all chats. */
export function useWaitingCount(): number {
  const count = useCallback(() => outbox.items.get().filter((item) => item.state !== 'failed').length, [])
  return useSyncExternalStore(outbox.items.subscribe, count)
}
