/**
 * Messages on their way: kept on this device until the server has them, sent one after the other by one tab at a time.
 * They are a user's own and go with the sign-out.
 */
import { Problem } from '~/api/index.ts'
import type { Message } from './events.ts'
import {
  type Attached,
  bodyOf,
  change,
  nextToSend,
  type Outgoing,
  recover,
  retryDelay,
  verdict,
  without,
} from './outbox-queue.ts'
import { createStore } from './store.ts'

export interface OutboxDoors {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
  send: (item: Outgoing, body: ReturnType<typeof bodyOf>) => Promise<Message>
  sent: (item: { request_id: string }, message: Message | null) => void
  /** Run this in one tab at a time. */
  alone: (work: () => Promise<void>) => Promise<void>
}

export interface Draft {
  request_id: string
  text: string
  files: Attached[]
  after: string | null
}

export const outboxKey = (user: string) => `lers-outbox:${user}`

export class Outbox {
  readonly items = createStore<readonly Outgoing[]>([])
  private readonly doors: OutboxDoors
  private user: string | null = null
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private busy: Promise<void> | null = null
  /** The storage takes nothing: the messages live as long as the page. */
  private volatile = false

  constructor(doors: OutboxDoors) {
    this.doors = doors
  }

  /** Take up what this user left on this device. */
  open(user: string): void {
    this.user = user
    this.items.set(this.read())
    void this.flush()
  }

  close(): void {
    clearTimeout(this.timer)
    this.failures = 0
    this.user = null
    this.items.set([])
  }

  /** Forget everything of the user: they signed out. */
  erase(user: string): void {
    this.doors.storage.removeItem(outboxKey(user))
    this.close()
  }

  add({ request_id, text, files, after }: Draft): Outgoing {
    const item: Outgoing = {
      key: crypto.randomUUID(),
      request_id,
      text,
      files,
      after,
      queued_at: Date.now(),
      state: 'waiting',
    }
    this.write([...this.read(), item])
    void this.flush()
    return item
  }

  /** Try a failed message again. A refused one is a new attempt with a key of its own. */
  again(key: string): void {
    this.write(
      this.read().map((item) =>
        item.key === key
          ? { ...item, key: crypto.randomUUID(), state: 'waiting' as const, tried_at: undefined, problem: undefined }
          : item,
      ),
    )
    void this.flush()
  }

  /** Take a message out that is not on its way this very moment; returns it, or null when it is too late. */
  take(key: string): Outgoing | null {
    const found = this.read().find((item) => item.key === key)
    if (!found || found.state === 'sending') return null
    this.write(without(this.read(), key))
    return found
  }

  /** Another tab changed the outbox. */
  changedElsewhere(): void {
    const before = this.items.get()
    const now = this.read()
    this.items.set(now)
    for (const item of before) {
      if (item.state !== 'failed' && !now.some(({ key }) => key === item.key)) this.doors.sent(item, null)
    }
  }

  /** Send what waits; a call while another is under way joins it. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.busy ??= this.doors
      .alone(() => this.sendAll())
      .finally(() => {
        this.busy = null
        // What was added between the last look and the release of the lock.
        if (this.failures === 0 && nextToSend(this.items.get())) void this.flush()
      })
    return this.busy
  }

  private async sendAll(): Promise<void> {
    this.write(recover(this.read(), Date.now()))
    for (let item = nextToSend(this.read()); item && this.user; item = nextToSend(this.read())) {
      if (!(await this.sendOne(item))) return this.later()
    }
    this.failures = 0
  }

  /** Returns whether to go on with the next. */
  private async sendOne(item: Outgoing): Promise<boolean> {
    const { user } = this
    this.write(change(this.read(), item.key, { state: 'sending', tried_at: item.tried_at ?? Date.now() }))
    try {
      const message = await this.doors.send(item, bodyOf(item))
      if (this.user !== user) return false
      this.failures = 0
      this.write(without(this.read(), item.key))
      this.doors.sent(item, message)
      return true
    } catch (error) {
      if (this.user !== user) return false
      const problem = error instanceof Problem ? error : new Problem(0, {}, null)
      if (verdict(problem) === 'again') {
        this.write(change(this.read(), item.key, { state: 'waiting' }))
        return false
      }
      const told = { code: problem.code, detail: problem.message, request_id: problem.requestId }
      this.write(change(this.read(), item.key, { state: 'failed', problem: told }))
      return true
    }
  }

  private later(): void {
    this.failures += 1
    if (this.user) this.timer = setTimeout(() => void this.flush(), retryDelay(this.failures))
  }

  private read(): readonly Outgoing[] {
    if (!this.user) return []
    if (this.volatile) return this.items.get()
    try {
      return JSON.parse(this.doors.storage.getItem(outboxKey(this.user)) ?? '[]') as Outgoing[]
    } catch {
      return this.items.get()
    }
  }

  private write(items: readonly Outgoing[]): void {
    if (!this.user) return
    try {
      this.doors.storage.setItem(outboxKey(this.user), JSON.stringify(items))
    } catch {
      this.volatile = true
    }
    this.items.set(items)
  }
}
