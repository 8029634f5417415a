/** The rules of the outbox: what goes next, what an answer means, what must not be sent again. Pure. */
import type { Problem } from '~/api/problem.ts'
import type { Message } from './events.ts'

export interface Attached {
  id: string
  filename: string
  size: number
}

export interface Outgoing {
  /** The Idempotency-Key: however often it is sent, it is written once. */
  key: string
  request_id: string
  text: string
  files: Attached[]
  queued_at: number
  /** The newest message that was known when this was written. */
  after: string | null
  /** When it was sent first; the server knows the key for a day from then. */
  tried_at?: number
  state: 'waiting' | 'sending' | 'failed'
  problem?: { code: string; detail: string; request_id: string | null }
}

/** The server keeps answers for 24 hours; past this a repeated message might be written twice. */
export const KEY_LIFE_MS = 23 * 3_600_000

/** What is sent is the same to the byte at each attempt: the server compares. */
export function bodyOf(item: Outgoing): { message_text?: string; file_ids?: string[] } {
  return {
    ...(item.text ? { message_text: item.text } : {}),
    ...(item.files.length > 0 ? { file_ids: item.files.map((file) => file.id) } : {}),
  }
}

/** The oldest that may go now. One that waits holds back nothing but what was written after it in the same chat. */
export function nextToSend(items: readonly Outgoing[]): Outgoing | undefined {
  return items.find((item) => item.state === 'waiting')
}

export function change(items: readonly Outgoing[], key: string, news: Partial<Outgoing>): Outgoing[] {
  return items.map((item) => (item.key === key ? { ...item, ...news } : item))
}

export function without(items: readonly Outgoing[], key: string): Outgoing[] {
  return items.filter((item) => item.key !== key)
}

/** Begin with what another tab or an earlier visit left: what it had begun to send waits again. */
export function recover(items: readonly Outgoing[], now: number): Outgoing[] {
  return items.map((item) => {
    if (item.state === 'failed') return item
    if (item.tried_at !== undefined && now - item.tried_at > KEY_LIFE_MS) {
      return { ...item, state: 'failed', problem: { code: 'unknown_outcome', detail: '', request_id: null } }
    }
    return { ...item, state: 'waiting' }
  })
}

/** What a failed attempt means: a passing trouble is tried again, anything else is for the writer to decide. */
export function verdict(problem: Problem): 'again' | 'failed' {
  return problem.retryable || problem.status === 401 ? 'again' : 'failed'
}

/** How long to wait before the next attempt. */
export const retryDelay = (failures: number): number => Math.min(60_000, 2_000 * 2 ** Math.max(0, failures - 1))

/**
 * Which of the outgoing messages are still to be shown: a message may come over the socket before the answer to its
 * POST does, and must not stand there twice.
 */
export function notYetThere(items: readonly Outgoing[], stored: readonly Message[], me: string): Outgoing[] {
  const taken = new Set<string>()
  return items.filter((item) => {
    if (item.state === 'failed') return true
    const found = stored.find((message) => !taken.has(message.id) && isTheSame(item, message, me))
    if (found) taken.add(found.id)
    return !found
  })
}

function isTheSame(item: Outgoing, message: Message, me: string): boolean {
  return (
    message.sender?.id === me &&
    (item.after === null || message.id > item.after) &&
    (message.message_text ?? '') === item.text &&
    message.attachments.length === item.files.length &&
    message.attachments.every((file, place) => file.id === item.files[place]?.id)
  )
}
