/**
 * One living connection to the hub: who this is, which rooms it is in, and how it comes back.
 *
 * Socket.IO reconnects by itself after a broken transport. What it leaves to us is the handshake that the hub refuses,
 * the goodbye of an ended session, and everything that has to be said anew after each connect.
 */
import type { Answer, ClientEvents, HubEvent, HubEvents, ServerEvents } from './events.ts'
import { createStore, type Store } from './store.ts'

/** What is used of a Socket.IO socket. */
export interface Wire {
  readonly connected: boolean
  /** The library is going to reconnect by itself. */
  readonly active: boolean
  connect(): unknown
  disconnect(): unknown
  on(event: string, listener: (payload: never) => void): unknown
  onAny(listener: (event: string, payload: unknown) => void): unknown
  timeout(milliseconds: number): { emitWithAck(event: string, payload: unknown): Promise<unknown> }
}

/** What the connection needs of the world around it. */
export interface Surroundings {
  /** Make a socket that is not connected yet and asks `token` at each handshake. */
  open(token: () => string | null): Promise<Wire>
  token(): string | null
  renew(): Promise<boolean>
  /** The session is over. */
  expire(): void
  /** The person has to set up a second factor before they may be here. */
  mustEnrol(): void
}

export type LinkState = { state: 'off' | 'connecting' | 'online' | 'offline'; since: number }
export type RoomState = 'joining' | 'joined' | 'refused'

type Listener<Name extends HubEvent> = (payload: HubEvents[Name]) => void
type Timer = ReturnType<typeof setTimeout>

const ANSWER_MS = 5_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000
const FLOODED_MS = 30_000
const JOIN_RETRY_MS = 3_000
/** A connection that took this long may have missed what happened since the screen was read. */
const LATE_MS = 5_000
const OUR_OWN_GOODBYE = 'io client disconnect'
/** The hub says it at the handshake as well as to a connection that stands. */
const MUST_ENROL = 'mfa_enrolment_required'
/** Refusals that pass by themselves. */
const PASSING = new Set(['offline', 'timeout', 'rate_limited', 'unavailable', 'error'])

export class Hub {
  readonly link: Store<LinkState> = createStore<LinkState>({ state: 'off', since: Date.now() })
  /** The state of each room that a screen has asked for, as a new map at each change. */
  readonly rooms: Store<ReadonlyMap<string, RoomState>> = createStore<ReadonlyMap<string, RoomState>>(new Map())
  /** Whose connection this is. */
  me: string | null = null
  private readonly visitors = new Map<string, number>()
  private readonly listeners = new Map<HubEvent, Set<Listener<never>>>()
  private readonly around: Surroundings
  private wire: Wire | null = null
  private running = false
  private seenBefore = false
  private failures = 0
  private renewedForHandshake = false
  private goodbye: string | null = null
  private retry: Timer | undefined
  private rejoin: Timer | undefined

  constructor(around: Surroundings) {
    this.around = around
  }

  // --- life ---------------------------------------------------------------------------------------------------------

  async start(): Promise<void> {
    if (this.running) return
    this.running = true
    this.become('connecting')
    if (!this.wire) {
      let wire: Wire
      try {
        wire = await this.around.open(this.around.token)
      } catch {
        if (!this.running) return
        this.running = false
        this.become('offline')
        this.retry = setTimeout(() => void this.start(), this.pause())
        return
      }
      this.wire = wire
      this.bind(wire)
    }
    if (this.running) this.wire.connect()
  }

  stop(): void {
    this.running = false
    this.seenBefore = false
    clearTimeout(this.retry)
    clearTimeout(this.rejoin)
    this.wire?.disconnect()
    this.become('off')
    this.rooms.set(new Map([...this.visitors.keys()].map((room) => [room, 'joining'])))
  }

  /** The network is away: nothing is gained by waiting for the transport to notice. */
  suspend(): void {
    if (!this.running) return
    clearTimeout(this.retry)
    this.wire?.disconnect()
    this.lost()
  }

  /** Try now, instead of when the next attempt is due. */
  hurry(): void {
    if (!this.running) {
      if (this.link.get().state === 'offline') void this.start()
      return
    }
    if (this.wire && !this.wire.connected) {
      clearTimeout(this.retry)
      this.wire.disconnect()
      this.wire.connect()
    }
  }

  /** Hand a new access token on to the hub; one that it does not take here gets a connection of its own. */
  async reauthenticate(token: string): Promise<void> {
    if (!this.wire?.connected) return
    const answer = await this.ask('reauthenticate', { token })
    if (!answer.ok && !PASSING.has(answer.code) && this.running) {
      this.wire.disconnect()
      this.wire.connect()
    }
  }

  // --- talking ------------------------------------------------------------------------------------------------------

  async ask<Name extends keyof ClientEvents>(event: Name, payload: ClientEvents[Name]): Promise<Answer> {
    if (!this.wire?.connected) return { ok: false, code: 'offline', detail: '' }
    try {
      return (await this.wire.timeout(ANSWER_MS).emitWithAck(event, payload)) as Answer
    } catch {
      return { ok: false, code: 'timeout', detail: '' }
    }
  }

  on<Name extends HubEvent>(event: Name, listener: Listener<Name>): () => void {
    const found = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, found)
    found.add(listener as Listener<never>)
    return () => {
      found.delete(listener as Listener<never>)
    }
  }

  tell<Name extends HubEvent>(event: Name, payload: HubEvents[Name]): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) (listener as Listener<Name>)(payload)
  }

  // --- rooms --------------------------------------------------------------------------------------------------------

  /** Be in a chat's room for as long as somebody here looks at it; returns how to leave. */
  enter(room: string): () => void {
    const before = this.visitors.get(room) ?? 0
    this.visitors.set(room, before + 1)
    if (before === 0) {
      this.note(room, 'joining')
      void this.join(room)
    }
    let left = false
    return () => {
      if (left) return
      left = true
      const still = (this.visitors.get(room) ?? 1) - 1
      if (still > 0) this.visitors.set(room, still)
      else this.leave(room)
    }
  }

  private leave(room: string): void {
    this.visitors.delete(room)
    const rooms = new Map(this.rooms.get())
    rooms.delete(room)
    this.rooms.set(rooms)
    void this.ask('leave_chat', { request_id: room })
  }

  private async join(room: string): Promise<void> {
    if (!this.wire?.connected) return
    const answer = await this.ask('join_chat', { request_id: room })
    if (!this.visitors.has(room)) return
    if (answer.ok) {
      this.note(room, 'joined')
      this.tell('joined', { request_id: room })
    } else if (PASSING.has(answer.code)) {
      clearTimeout(this.rejoin)
      this.rejoin = setTimeout(() => this.joinMissing(), JOIN_RETRY_MS)
    } else {
      this.note(room, 'refused')
    }
  }

  private joinMissing(): void {
    for (const [room, state] of this.rooms.get()) if (state === 'joining') void this.join(room)
  }

  private note(room: string, state: RoomState): void {
    this.rooms.set(new Map(this.rooms.get()).set(room, state))
  }

  // --- what the socket tells ----------------------------------------------------------------------------------------

  private bind(wire: Wire): void {
    wire.on('connect', () => this.connected())
    wire.on('disconnect', (reason: string) => this.disconnected(reason))
    wire.on('connect_error', (error: Error & { data?: { code?: string } }) => void this.refused(error.data?.code))
    wire.onAny((event, payload) => this.heard(event as keyof ServerEvents, payload))
  }

  private connected(): void {
    const { since } = this.link.get()
    const gap = this.seenBefore || Date.now() - since > LATE_MS
    this.seenBefore = true
    this.failures = 0
    this.renewedForHandshake = false
    this.goodbye = null
    this.become('online')
    this.rooms.set(new Map([...this.visitors.keys()].map((room) => [room, 'joining'])))
    this.joinMissing()
    if (gap) this.tell('gap', { since })
  }

  private disconnected(reason: string): void {
    if (!this.running || reason === OUR_OWN_GOODBYE) return
    this.lost()
    // After a goodbye of the hub the library does not come back by itself.
    if (this.wire && !this.wire.active) void this.comeBack()
  }

  private async comeBack(): Promise<void> {
    const reason = this.goodbye
    this.goodbye = null
    if (reason === 'session_ended' || reason === MUST_ENROL) return
    if (reason === 'token_expired' && !(await this.renewed())) return
    this.connectIn(reason === 'rate_limited' ? FLOODED_MS : this.pause())
  }

  private async refused(code: string | undefined): Promise<void> {
    this.lost()
    if (!this.wire || this.wire.active || !this.running) return
    if (code === MUST_ENROL) return this.around.mustEnrol()
    if (code !== 'not_authenticated' || this.renewedForHandshake) return this.connectIn(this.pause())
    this.renewedForHandshake = true
    if (await this.renewed()) this.connectIn(0)
  }

  /** Whether there is a fresh token; without an answer of the server the next attempt asks again. */
  private async renewed(): Promise<boolean> {
    try {
      if (await this.around.renew()) return true
      this.around.expire()
    } catch {
      this.renewedForHandshake = false
      this.connectIn(this.pause())
    }
    return false
  }

  private heard(event: keyof ServerEvents, payload: unknown): void {
    if (event === 'session_expiring') void this.around.renew().catch(() => undefined)
    if (event === 'session_ended') this.ended((payload as ServerEvents['session_ended']).reason)
    if (event === 'user_left_chat') this.shownOut(payload as ServerEvents['user_left_chat'])
    this.tell(event, payload as never)
  }

  private ended(reason: string): void {
    this.goodbye = reason
    if (reason === 'session_ended') this.around.expire()
    if (reason === MUST_ENROL) this.around.mustEnrol()
  }

  /** The others hear of a colleague who left; the one who is shown out hears of themselves. */
  private shownOut({ user_id, request_id }: ServerEvents['user_left_chat']): void {
    if (user_id === this.me && this.visitors.has(request_id)) this.note(request_id, 'refused')
  }

  private connectIn(milliseconds: number): void {
    clearTimeout(this.retry)
    this.retry = setTimeout(() => {
      if (this.running && this.wire && !this.wire.connected) this.wire.connect()
    }, milliseconds)
  }

  private pause(): number {
    const step = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures)
    this.failures += 1
    return step * (0.75 + Math.random() / 2)
  }

  private lost(): void {
    if (this.link.get().state !== 'offline') this.become('offline')
    this.rooms.set(new Map([...this.visitors.keys()].map((room) => [room, 'joining'])))
  }

  private become(state: LinkState['state']): void {
    this.link.set({ state, since: Date.now() })
  }
}
