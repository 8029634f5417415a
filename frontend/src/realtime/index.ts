/** The live side of the portals: events of the hub, rooms, presence, typing, and messages on their way. */
export type { HubEvent, HubEvents, Message, Notification, PresenceStatus } from './events.ts'
export {
  inRoom,
  type Realtime,
  type Typing,
  useOutgoing,
  useRealtime,
  useRealtimeConnection,
  useRoom,
  useSocketEvent,
  useTyping,
  useWaitingCount,
} from './hooks.ts'
export type { LinkState, RoomState } from './hub.ts'
export { onSignOut, outbox } from './live.ts'
export { type Attached, notYetThere, type Outgoing } from './outbox-queue.ts'
export { type Presence, type PresentPerson, usePresence, useRequestPresence } from './presence.ts'
