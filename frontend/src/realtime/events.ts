/** What goes over the socket, by name (docs/contract: the hub). */
import type { Schema } from '~/api/index.ts'

export type Message = Schema<'MessageOut'>
export type Notification = Schema<'NotificationOut'>
export type PresenceStatus = Schema<'PresenceOut'>['status']

interface Sighting {
  user_id: string
  last_seen: string | null
}

export interface ServerEvents {
  user_online: Sighting
  user_offline: Sighting
  user_joined_chat: { user_id: string; request_id: string }
  user_left_chat: { user_id: string; request_id: string }
  new_message: Message
  message_read: { request_id: string; user_id: string; up_to: string }
  user_typing: { user_id: string; request_id: string; is_typing: boolean }
  new_notification: Notification
  presence_updated: Sighting & { status: PresenceStatus }
  unread_count: { count: number }
  request_updated: { id: string; status: string; version: number }
  file_updated: { id: string; scan_status: Schema<'FileOut'>['scan_status'] }
  job_updated: { id: string; state: string; progress: number | null }
  session_expiring: { expires_at: string; seconds: number }
  session_ended: { reason: string }
}

/** What happens on this side of the socket and others want to know of. */
export interface LocalEvents {
  /** Events may have been missed: what is on the screen has to be read again. */
  gap: { since: number }
  /** This connection is in a chat's room now; what was written before it got in has to be read. */
  joined: { request_id: string }
  /** A message of the outbox is on the server; null when another tab sent it. */
  sent: { request_id: string; message: Message | null }
}

export type HubEvents = ServerEvents & LocalEvents
export type HubEvent = keyof HubEvents

export interface ClientEvents {
  join_chat: { request_id: string }
  leave_chat: { request_id: string }
  send_message: { message_id: string }
  typing: { request_id: string; is_typing: boolean }
  update_presence: { status: PresenceStatus }
  get_unread_count: Record<string, never>
  reauthenticate: { token: string }
}

export type Refusal = { ok: false; code: string; detail: string; retry_after?: number }
export type Answer = ({ ok: true } & Record<string, unknown>) | Refusal
