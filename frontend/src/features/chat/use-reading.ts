/** Reading: what the reader has before their eyes is marked as read; what comes while they look away gets the line. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Message, RoomState } from '~/realtime/index.ts'
import { firstUnread, newestFromOther, type Side } from './messages.ts'
import { markNotificationsRead, markRead } from './queries.ts'

/** Whoever only glances past has not read. */
const GLANCE_MS = 600

interface Reading {
  requestId: string
  items: readonly Message[] | undefined
  side: Side
  /** How far this reader had come when the chat was opened. */
  readUpTo: string | null
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
export function useReading({ requestId, items, side, readUpTo, atEnd, room }: Reading) {
  const client = useQueryClient()
  const looking = useSyncExternalStore(subscribe, isLooking)
  const newest = items && newestFromOther(items, side)
  const [line, setLine] = useState<string | null>(null)
  const seen = useRef<string | null | undefined>(undefined)
  const marked = useRef<string | null>(null)

  // The line is found once, when the chat opens; later it comes before the first message that nobody was there to see.
  useEffect(() => {
    if (!items || newest === undefined) return
    if (seen.current === undefined) setLine(firstUnread(items, side, readUpTo))
    else if (newest !== null && newest !== seen.current && !(looking && atEnd)) {
      const from = seen.current
      setLine((before) => (before === null || marked.current === from ? firstUnread(items, side, from) : before))
    }
    seen.current = newest
  }, [items, newest, side, readUpTo, looking, atEnd])

  useEffect(() => {
    if (!newest || !looking || !atEnd || room === 'refused' || marked.current === newest) return
    const timer = setTimeout(() => {
      marked.current = newest
      markRead(requestId, newest)
        .then(() => markNotificationsRead(client, requestId))
        .catch(() => {
          // The next look tries again; nobody is shown an error for having read.
          marked.current = null
        })
    }, GLANCE_MS)
    return () => clearTimeout(timer)
  }, [client, requestId, newest, looking, atEnd, room])

  return { line, clearLine: () => setLine(null) }
}
