/** How many notifications came since the list was read: they wait for the reader instead of moving the list. */
import { useState } from 'react'
import { useSocketEvent } from '~/realtime/index.ts'

export function useFresh(): { fresh: number; clear: () => void } {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  useSocketEvent('new_notification', ({ id }) => setIds((known) => new Set(known).add(id)))
  return { fresh: ids.size, clear: () => setIds(new Set()) }
}
