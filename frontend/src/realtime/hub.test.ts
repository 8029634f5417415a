import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from './events.ts'
import { Hub, type Wire } from './hub.ts'

/** A socket that does what the test says, as socket.io-client would. */
class FakeWire implements Wire {
  connected = false
  active = false
  connects = 0
  readonly asked: [string, unknown][] = []
  answers: Record<string, Answer> = {}
  private readonly listeners = new Map<string, (payload: never) => void>()
  private any: (event: string, payload: unknown) => void = () => undefined

  connect() {
    this.connects += 1
    this.active = true
  }
  disconnect() {
    this.active = false
    if (!this.connected) return
    this.connected = false
    this.local('disconnect', 'io client disconnect')
  }
  on(event: string, listener: (payload: never) => void) {
    this.listeners.set(event, listener)
  }
  onAny(listener: (event: string, payload: unknown) => void) {
    this.any = listener
  }
  timeout() {
    return {
      emitWithAck: async (event: string, payload: unknown) => {
        this.asked.push([event, payload])
        return this.answers[event] ?? { ok: true }
      },
    }
  }
  local(event: string, payload?: unknown) {
    this.listeners.get(event)?.(payload as never)
  }
  accept() {
    this.connected = true
    this.local('connect')
  }
  refuse(code: string) {
    this.active = false
    this.local('connect_error', Object.assign(new Error(code), { data: { code } }))
  }
  breakDown() {
    this.connected = false
    this.local('disconnect', 'transport close')
  }
  sayGoodbye(reason: string) {
    this.tell('session_ended', { reason })
    this.connected = false
    this.active = false
    this.local('disconnect', 'io server disconnect')
  }
  tell(event: string, payload: unknown) {
    this.any(event, payload)
  }
  rooms() {
    return this.asked.filter(([event]) => event === 'join_chat').map(([, payload]) => payload)
  }
}

const world = (renewed: boolean | Error = true) => {
  const wire = new FakeWire()
  const renew = vi.fn(async () => {
    if (renewed instanceof Error) throw renewed
    return renewed
  })
  const expire = vi.fn()
  const mustEnrol = vi.fn()
  const hub = new Hub({ open: async () => wire, token: () => 'token', renew, expire, mustEnrol })
  return { wire, hub, renew, expire, mustEnrol }
}

const online = async (renewed: boolean | Error = true) => {
  const found = world(renewed)
  await found.hub.start()
  found.wire.accept()
  return found
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('rooms', () => {
  it('are joined once however many look, and left with the last', async () => {
    const { hub, wire } = await online()
    const [first, second] = [hub.enter('r1'), hub.enter('r1')]
    await vi.advanceTimersByTimeAsync(0)
    expect(wire.rooms()).toEqual([{ request_id: 'r1' }])
    first()
    first()
    expect(wire.asked.map(([event]) => event)).not.toContain('leave_chat')
    second()
    expect(wire.asked.at(-1)).toEqual(['leave_chat', { request_id: 'r1' }])
  })

  it('are joined again after every connect, and tell when one is in', async () => {
    const { hub, wire } = await online()
    const joined = vi.fn()
    hub.on('joined', joined)
    hub.enter('r1')
    await vi.advanceTimersByTimeAsync(0)
    expect(hub.rooms.get().get('r1')).toBe('joined')
    wire.breakDown()
    expect(hub.rooms.get().get('r1')).toBe('joining')
    wire.accept()
    await vi.advanceTimersByTimeAsync(0)
    expect(joined).toHaveBeenCalledTimes(2)
  })

  it('stay closed to whom the hub refuses, and are tried again when it is only busy', async () => {
    const { hub, wire } = await online()
    wire.answers.join_chat = { ok: false, code: 'not_found', detail: '' }
    hub.enter('r1')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(hub.rooms.get().get('r1')).toBe('refused')
    expect(wire.rooms()).toHaveLength(1)

    wire.answers.join_chat = { ok: false, code: 'unavailable', detail: '' }
    hub.enter('r2')
    await vi.advanceTimersByTimeAsync(0)
    wire.answers = {}
    await vi.advanceTimersByTimeAsync(3_000)
    expect(hub.rooms.get().get('r2')).toBe('joined')
  })

  it('are lost to whom the hub shows out, not when a colleague leaves', async () => {
    const { hub, wire } = await online()
    hub.me = 'me'
    hub.enter('r1')
    await vi.advanceTimersByTimeAsync(0)
    wire.tell('user_left_chat', { user_id: 'other', request_id: 'r1' })
    expect(hub.rooms.get().get('r1')).toBe('joined')
    wire.tell('user_left_chat', { user_id: 'me', request_id: 'r1' })
    expect(hub.rooms.get().get('r1')).toBe('refused')
  })
})

describe('a lost connection', () => {
  it('tells of the gap when it is back, not at the first connect', async () => {
    const { hub, wire } = world()
    const gap = vi.fn()
    hub.on('gap', gap)
    await hub.start()
    wire.accept()
    expect(gap).not.toHaveBeenCalled()
    wire.breakDown()
    expect(hub.link.get().state).toBe('offline')
    const { since } = hub.link.get()
    await vi.advanceTimersByTimeAsync(4_000)
    wire.accept()
    expect(gap).toHaveBeenCalledExactlyOnceWith({ since })
  })

  it('is given up at once when the network is away, and tried at once when it is back', async () => {
    const { hub, wire } = await online()
    hub.suspend()
    expect(wire.connected).toBe(false)
    expect(hub.link.get().state).toBe('offline')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(wire.connects).toBe(1)
    hub.hurry()
    expect(wire.connects).toBe(2)
  })
})

describe('the session', () => {
  it('gives each new token to the hub, and reconnects when it is not taken', async () => {
    const { hub, wire } = await online()
    await hub.reauthenticate('fresh')
    expect(wire.asked).toEqual([['reauthenticate', { token: 'fresh' }]])
    expect(wire.connects).toBe(1)
    wire.answers.reauthenticate = { ok: false, code: 'forbidden', detail: '' }
    await hub.reauthenticate('of another')
    expect(wire.connects).toBe(2)
  })

  it('is renewed when it is about to end', async () => {
    const { wire, renew } = await online()
    wire.tell('session_expiring', { expires_at: '', seconds: 60 })
    expect(renew).toHaveBeenCalledOnce()
  })

  it('is over when it was ended elsewhere: nothing is tried again', async () => {
    const { wire, expire } = await online()
    wire.sayGoodbye('session_ended')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(expire).toHaveBeenCalledOnce()
    expect(wire.connects).toBe(1)
  })

  it('waits without trying again for whoever must set up a second factor', async () => {
    const { wire, expire, mustEnrol } = await online()
    wire.sayGoodbye('mfa_enrolment_required')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(mustEnrol).toHaveBeenCalledOnce()
    expect(expire).not.toHaveBeenCalled()
    expect(wire.connects).toBe(1)
  })

  it('goes on with a new token after the old one ended', async () => {
    const { wire, renew, expire } = await online()
    wire.sayGoodbye('token_expired')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(renew).toHaveBeenCalledOnce()
    expect(expire).not.toHaveBeenCalled()
    expect(wire.connects).toBe(2)
  })

  it('is over when there is no new token', async () => {
    const { wire, expire } = await online(false)
    wire.sayGoodbye('token_expired')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(expire).toHaveBeenCalledOnce()
    expect(wire.connects).toBe(1)
  })

  it('is not given up because the server did not answer', async () => {
    const { wire, expire } = await online(new Error('offline'))
    wire.sayGoodbye('token_expired')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(expire).not.toHaveBeenCalled()
    expect(wire.connects).toBe(2)
  })
})

describe('a refused handshake', () => {
  it('is not repeated for whoever must set up a second factor', async () => {
    const { hub, wire, mustEnrol } = world()
    await hub.start()
    wire.refuse('mfa_enrolment_required')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(mustEnrol).toHaveBeenCalledOnce()
    expect(wire.connects).toBe(1)
  })

  it('renews the token once, then waits longer each time', async () => {
    const { hub, wire, renew } = world()
    await hub.start()
    wire.refuse('not_authenticated')
    await vi.advanceTimersByTimeAsync(0)
    expect(renew).toHaveBeenCalledOnce()
    expect(wire.connects).toBe(2)
    wire.refuse('not_authenticated')
    await vi.advanceTimersByTimeAsync(0)
    expect(renew).toHaveBeenCalledOnce()
    expect(wire.connects).toBe(2)
    await vi.advanceTimersByTimeAsync(1_300)
    expect(wire.connects).toBe(3)
    wire.refuse('too_many_requests')
    await vi.advanceTimersByTimeAsync(1_400)
    expect(wire.connects).toBe(3)
    await vi.advanceTimersByTimeAsync(1_200)
    expect(wire.connects).toBe(4)
  })

  it('is not tried again after a stop', async () => {
    const { hub, wire } = world()
    await hub.start()
    wire.refuse('unavailable')
    hub.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(wire.connects).toBe(1)
    expect(hub.link.get().state).toBe('off')
  })
})
