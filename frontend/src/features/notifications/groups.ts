/** Notifications as they are shown: by request, newest first; and what marking does to them. Pure. */
import type { Notification } from '~/realtime/index.ts'

export interface Group {
  key: string
  /** Null for what belongs to no request. */
  requestId: string | null
  number: string | null
  items: Notification[]
  unread: number
}

/** Groups stand where their newest item stands; what belongs to no request stands alone. */
export function groupsOf(items: readonly Notification[]): Group[] {
  const groups = new Map<string, Group>()
  for (const item of items) {
    const key = item.request_id ?? item.id
    const group = groups.get(key) ?? {
      key,
      requestId: item.request_id,
      number: item.request_number,
      items: [],
      unread: 0,
    }
    group.items.push(item)
    if (!item.read) group.unread += 1
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** What of a group is open at first: everything unread, and enough of the rest to know where one was. */
export const FEW = 3
export function shownOf(items: readonly Notification[], open: boolean): readonly Notification[] {
  if (open || items.length <= FEW + 1) return items
  let left = FEW
  return items.filter((item) => {
    left -= 1
    return left >= 0 || !item.read
  })
}

export type Mark = { ids: string[] } | { request_id: string } | { all: true }

const isMeant = (item: Notification, mark: Mark): boolean =>
  'all' in mark || ('ids' in mark ? mark.ids.includes(item.id) : item.request_id === mark.request_id)

/** The same items with these marked as read; the same array when there was nothing to mark. */
export function marked(items: readonly Notification[], mark: Mark, at: string): readonly Notification[] {
  if (!items.some((item) => !item.read && isMeant(item, mark))) return items
  return items.map((item) => (!item.read && isMeant(item, mark) ? { ...item, read: true, read_at: at } : item))
}
