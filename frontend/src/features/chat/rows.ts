/** What stands in a chat from top to bottom: rules between days, the unread line, messages, messages on their way. Pure. */
import type { Message, Outgoing } from '~/realtime/index.ts'

export type Row =
  | { kind: 'day'; key: string; at: string | number }
  | { kind: 'unread'; key: string }
  /** `head`: with the sender's name; what they write on within minutes stands under it. */
  | { kind: 'message'; key: string; message: Message; head: boolean }
  | { kind: 'outgoing'; key: string; item: Outgoing; head: boolean }

const TOGETHER_MS = 5 * 60_000
const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' })

/** The day of a moment where the portal's people are. */
export const dayOf = (at: string | number): string => days.format(new Date(at))

interface Line {
  /** The message before which the unread line stands. */
  unread: string | null
  me: string
}

export function rowsOf(messages: readonly Message[], outgoing: readonly Outgoing[], { unread, me }: Line): Row[] {
  const rows: Row[] = []
  let day = ''
  let last: { by: string; at: number } | null = null
  const begin = (at: string | number) => {
    const found = dayOf(at)
    if (found === day) return
    day = found
    last = null
    rows.push({ kind: 'day', key: `day-${found}`, at })
  }
  const head = (by: string, at: number): boolean => {
    const own = last === null || last.by !== by || at - last.at > TOGETHER_MS
    last = { by, at }
    return own
  }
  for (const message of messages) {
    begin(message.created_at)
    if (message.id === unread) {
      last = null
      rows.push({ kind: 'unread', key: 'unread' })
    }
    const by = `${message.sender?.id ?? message.sender_type} ${message.message_type === 'CLARIFICATION'}`
    rows.push({ kind: 'message', key: message.id, message, head: head(by, Date.parse(message.created_at)) })
  }
  for (const item of outgoing) {
    begin(item.queued_at)
    rows.push({ kind: 'outgoing', key: item.key, item, head: head(`${me} false`, item.queued_at) })
  }
  return rows
}
