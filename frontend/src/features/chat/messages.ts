/** The messages of a chat as one list, however they came: pages, gaps, the socket, an answer. Pure. */
import type { Schema } from '~/api/index.ts'
import type { Message } from '~/realtime/index.ts'

export type MessagePage = Schema<'MessagePage'>

/** Which side speaks; the agency's side is named after the officer. */
export type Side = 'IO' | 'PROVIDER'

export interface Chat {
  /** Oldest first, without a gap. */
  items: readonly Message[]
  /** Where older ones go on; null at the beginning of the chat. */
  older: string | null
  /** How far this reader has come; null when they have not begun. */
  readUpTo: string | null
}

export const newestId = (chat: Chat | undefined): string | null => chat?.items.at(-1)?.id ?? null

/** Ids follow the order of commits, so sorting by id is the order in which they were written. */
export function merge(known: readonly Message[], found: readonly Message[]): readonly Message[] {
  if (found.length === 0) return known
  const byId = new Map(known.map((message) => [message.id, message]))
  for (const message of found) {
    const before = byId.get(message.id)
    byId.set(message.id, before ? { ...message, ...keptReceipt(before, message) } : message)
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** An answer that was on its way while a receipt came does not take the receipt back. */
function keptReceipt(before: Message, after: Message): Partial<Message> {
  return before.read_by_receiver && !after.read_by_receiver
    ? { read_by_receiver: true, read_at: before.read_at ?? null }
    : {}
}

/** Whether a page of the newest messages goes back to what is known already. */
export function reaches(chat: Chat, page: MessagePage): boolean {
  const newest = newestId(chat)
  const first = page.items[0]
  return newest === null || page.next_cursor === null || first === undefined || first.id <= newest
}

type ReadPage = (cursor: { after: string } | { before: string } | null) => Promise<MessagePage>

/** Read the newest page, and what lies between it and what is known. */
export async function readOn(known: Chat | undefined, read: ReadPage): Promise<Chat> {
  const page = await read(null)
  if (!known || known.items.length === 0)
    return { items: page.items, older: page.next_cursor, readUpTo: page.read_up_to }
  let items = known.items
  if (!reaches(known, page)) items = merge(items, await readAfter(newestId(known) as string, read))
  return { items: merge(items, page.items), older: known.older, readUpTo: page.read_up_to }
}

/** Everything after a message, page by page. */
export async function readAfter(id: string, read: ReadPage): Promise<Message[]> {
  const found: Message[] = []
  for (let after: string | null = id; after !== null; ) {
    const page: MessagePage = await read({ after })
    found.push(...page.items)
    after = page.next_cursor
  }
  return found
}

export async function readBefore(known: Chat, read: ReadPage): Promise<Chat> {
  if (known.older === null) return known
  const page = await read({ before: known.older })
  return { ...known, items: merge(known.items, page.items), older: page.next_cursor }
}

/** Somebody of the other side has read up to a message. */
export function withReceipt(items: readonly Message[], side: Side, upTo: string, at: string): readonly Message[] {
  let changed = false
  const next = items.map((message) => {
    if (message.sender_type !== side || message.read_by_receiver || message.id > upTo) return message
    changed = true
    return { ...message, read_by_receiver: true, read_at: at }
  })
  return changed ? next : items
}

/** The first message of the other side after the one up to which somebody has read. */
export function firstUnread(items: readonly Message[], side: Side, readUpTo: string | null): string | null {
  return items.find((message) => isFromOther(message, side) && message.id > (readUpTo ?? ''))?.id ?? null
}

export const isFromOther = (message: Message, side: Side): boolean =>
  message.sender_type !== side && message.sender_type !== 'SYSTEM'

/** The newest message of the other side: how far reading it all comes. */
export function newestFromOther(items: readonly Message[], side: Side): string | null {
  return items.findLast((message) => isFromOther(message, side))?.id ?? null
}
