/** The hub and the outbox of this window, and what starts and stops them with the session. */
import { api, call, keys, publicConfig, queryClient } from '~/api/index.ts'
import { accessToken, expire, mustEnrol, onSessionChange, onToken, renew, sessionState } from '~/auth/index.ts'
import { watchActivity } from './activity.ts'
import { Hub, type Wire } from './hub.ts'
import { keepFresh } from './invalidation.ts'
import { Outbox } from './outbox.ts'
import { followPresence } from './presence.ts'

/** While the hub is away and the server is not, the screen is read again this often. */
const POLL_MS = 20_000

export const hub = new Hub({
  token: accessToken,
  renew,
  expire,
  mustEnrol,
  open: async (token) => {
    const [{ io }, config] = await Promise.all([import('socket.io-client'), queryClient.ensureQueryData(publicConfig)])
    const socket = io(config.hub_url, {
      autoConnect: false,
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 15_000,
      auth: (give) => give({ token: token() }),
    })
    return socket as unknown as Wire
  },
})

export const outbox = new Outbox({
  storage: localStorage,
  alone: (work) => navigator.locks.request('lers-outbox', work),
  send: async (item, body) => {
    const message = await call(
      api.POST('/api/v1/lers/requests/{request_id}/messages/', {
        params: { path: { request_id: item.request_id }, header: { 'Idempotency-Key': item.key } },
        body,
      }),
    )
    // The relay tells the room as well; asking the hub makes it quicker, and nobody is told twice.
    void hub.ask('send_message', { message_id: message.id })
    return message
  },
  sent: ({ request_id }, message) => hub.tell('sent', { request_id, message }),
})

/** What else a user leaves on this device and takes along at the sign-out. */
const leftovers = new Set<(user: string) => void>()
export function onSignOut(forget: (user: string) => void): () => void {
  leftovers.add(forget)
  return () => {
    leftovers.delete(forget)
  }
}

let starts = 0
let stopAll: (() => void) | null = null

/** Live for as long as somebody wants it: the shell, while one is signed in. */
export function startRealtime(): () => void {
  starts += 1
  stopAll ??= start()
  return () => {
    starts -= 1
    if (starts > 0) return
    stopAll?.()
    stopAll = null
  }
}

function start(): () => void {
  const stops = [
    keepFresh(hub, queryClient),
    followPresence(hub),
    followSession(),
    followNetwork(),
    followActivity(),
    hub.on('unread_count', ({ count }) => queryClient.setQueryData(keys.notifications.unread, count)),
  ]
  return () => {
    for (const stop of stops) stop()
    hub.stop()
    outbox.close()
  }
}

function followSession(): () => void {
  let user: string | null = null
  const follow = () => {
    const session = sessionState()
    if (session.status === 'in') {
      if (user !== session.me.id) {
        if (user) hub.stop()
        user = session.me.id
        outbox.open(user)
      }
      hub.me = user
      void hub.start()
      void outbox.flush()
    } else {
      hub.stop()
      if (session.status === 'out' && user) {
        outbox.erase(user)
        for (const forget of leftovers) forget(user)
        user = null
      }
    }
  }
  const stops = [onSessionChange(follow), onToken((token) => void hub.reauthenticate(token))]
  follow()
  return () => {
    for (const stop of stops) stop()
  }
}

function followNetwork(): () => void {
  const gone = () => hub.suspend()
  const back = () => {
    hub.hurry()
    void outbox.flush()
  }
  const elsewhere = (event: StorageEvent) => {
    if (event.key?.startsWith('lers-outbox:')) outbox.changedElsewhere()
  }
  window.addEventListener('offline', gone)
  window.addEventListener('online', back)
  window.addEventListener('storage', elsewhere)
  const stopFlushing = hub.link.subscribe(() => {
    if (hub.link.get().state === 'online') void outbox.flush()
  })
  const poll = setInterval(() => {
    const { state, since } = hub.link.get()
    if (state === 'offline' && navigator.onLine && document.visibilityState === 'visible') hub.tell('gap', { since })
  }, POLL_MS)
  return () => {
    window.removeEventListener('offline', gone)
    window.removeEventListener('online', back)
    window.removeEventListener('storage', elsewhere)
    stopFlushing()
    clearInterval(poll)
  }
}

function followActivity(): () => void {
  let status: 'ONLINE' | 'AWAY' | 'OFFLINE' = 'ONLINE'
  const stopWatching = watchActivity((next) => {
    status = next
    void hub.ask('update_presence', { status: next })
  })
  // A new connection begins as ONLINE, whoever sits before it.
  const stopRepeating = hub.link.subscribe(() => {
    if (hub.link.get().state === 'online' && status !== 'ONLINE') void hub.ask('update_presence', { status })
  })
  return () => {
    stopWatching()
    stopRepeating()
  }
}
