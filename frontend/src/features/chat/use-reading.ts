/** Reading: what the reader has before their eyes is marked as read; what comes while they look away gets the line. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { RoomState } from '~/realtime/index.ts'
import { type Chat, firstUnread, newestFromOther, type Side } from './messages.ts'
import { markNotificationsRead, markRead } from './queries.ts'

/** Whoever only glances past has not read. */
const GLANCE_MS = 600

interface Reading {
  requestId: string
  chat: Chat
  /** The chat is as the server has it, not as it was kept from an earlier visit. */
  settled: boolean
  side: Side
  atEnd: boolean
  room: RoomState
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  window.addEventListener('focus', listener)
  window.addEventListener('blur', listener)
  return () => {
    document.removeEventListener('visibilitychange', listener)
    window.removeEventListener('focus', listener)
    window.removeEventListener('blur', listener)
  }
}
const isLooking = () => document.visibilityState === 'visible' && document.hasFocus()

/** The message before which the unread line stands, and how to take the line away. */
export function useReading({ requestId, chat, settled, side, atEnd, room }: Reading) {
  const client = useQueryClient()
  const { items, readUpTo } = chat
  const looking = useSyncExternalStore(subscribe, isLooking)
  const newest = newestFromOther(items, side)
  const [line, setLine] = useState(() => firstUnread(items, side, readUpTo))
  const [found, setFound] = useState({ settled, newest })
  const marked = useRef<string | null>(null)

  // The line is found when the chat opens; later it comes before the first message that nobody was there to see.
  if (found.settled !== settled || found.newest !== newest) {
    setFound({ settled, newest })
    if (!found.settled) setLine(firstUnread(items, side, readUpTo))
    else if (!(looking && atEnd) && (line === null || found.newest === marked.current)) {
      setLine(firstUnread(items, side, found.newest))
    }
  }

  useEffect(() => {
    if (!settled || !newest || !looking || !atEnd || room === 'refused' || marked.current === newest) return
    const timer = setTimeout(() => {
      marked.current = newest
      markRead(client, requestId, newest)
        .then(() => markNotificationsRead(client, requestId))
        .catch(() => {
          // The next look tries again; nobody is shown an error for having read.
          marked.current = null
        })
    }, GLANCE_MS)
    return () => clearTimeout(timer)
  }, [client, requestId, settled, newest, looking, atEnd, room])

  return { line, clearLine: useCallback(() => setLine(null), []) }
}
