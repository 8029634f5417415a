import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '~/api/problem.ts'
import type { Message } from './events.ts'
import { Outbox, outboxKey } from './outbox.ts'
import { bodyOf, KEY_LIFE_MS, notYetThere, type Outgoing, recover } from './outbox-queue.ts'

class MemoryStorage {
  readonly kept = new Map<string, string>()
  full = false
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.kept.set(key, value)
  }
  removeItem = (key: string) => void this.kept.delete(key)
}

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  request_id: 'r1',
  sender: { id: 'me', name: 'Asha Kulkarni', rank: 'PSI' },
  sender_type: 'IO',
  message_type: 'TEXT',
  message_text: 'hello',
  attachments: [],
  is_encrypted: false,
  read_by_receiver: false,
  created_at: '2026-11-24T08:00:00Z',
  ...more,
})
const offline = () => new Problem(0, {}, null)
const draft = (text: string, request_id = 'r1') => ({ request_id, text, files: [], after: null })

/** One browser: a storage, a lock, a server that keeps what it got by key. */
function browser() {
  const storage = new MemoryStorage()
  const server = new Map<string, string>()
  const attempts: Outgoing[] = []
  let held: Promise<void> = Promise.resolve()
  let answer: (item: Outgoing) => Promise<Message> = async (item) => message(item.key, { message_text: item.text })
  const sent = vi.fn()
  const tab = () =>
    new Outbox({
      storage,
      sent,
      alone: (work) => {
        held = held.then(work, work)
        return held
      },
      send: async (item) => {
        attempts.push(item)
        server.set(item.key, item.text)
        return answer(item)
      },
    })
  return {
    storage,
    server,
    attempts,
    sent,
    tab,
    answers: (next: typeof answer) => {
      answer = next
    },
  }
}
const settled = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('sending', () => {
  it('keeps the order, one after the other, and empties the outbox', async () => {
    const { tab, attempts, sent, storage } = browser()
    const outbox = tab()
    outbox.open('me')
    outbox.add(draft('one'))
    outbox.add(draft('two'))
    await settled()
    expect(attempts.map(({ text }) => text)).toEqual(['one', 'two'])
    expect(sent).toHaveBeenCalledTimes(2)
    expect(outbox.items.get()).toEqual([])
    expect(JSON.parse(storage.kept.get(outboxKey('me')) ?? '')).toEqual([])
  })

  it('waits without a connection, and sends under the same key when it is back', async () => {
    const { tab, attempts, answers, sent } = browser()
    const outbox = tab()
    answers(async () => {
      throw offline()
    })
    outbox.open('me')
    outbox.add(draft('one'))
    outbox.add(draft('two'))
    await settled()
    expect(outbox.items.get().map(({ state }) => state)).toEqual(['waiting', 'waiting'])
    answers(async (item) => message(item.key))
    await outbox.flush()
    expect(attempts.map(({ text }) => text)).toEqual(['one', 'one', 'two'])
    expect(new Set(attempts.filter(({ text }) => text === 'one').map(({ key }) => key)).size).toBe(1)
    expect(sent).toHaveBeenCalledTimes(2)
  })

  it('tries by itself after a passing trouble, later each time', async () => {
    const { tab, attempts, answers } = browser()
    const outbox = tab()
    answers(async () => {
      throw new Problem(503, {}, null)
    })
    outbox.open('me')
    outbox.add(draft('one'))
    await settled()
    expect(attempts).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(attempts).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(3_999)
    expect(attempts).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(1)
    expect(attempts).toHaveLength(3)
  })

  it('keeps a refused message with its reason, and goes on with the next', async () => {
    const { tab, attempts, answers } = browser()
    const outbox = tab()
    answers(async (item) => {
      if (item.text === 'late') throw new Problem(409, { code: 'request_closed', detail: 'It has ended.' }, 'req-1')
      return message(item.key)
    })
    outbox.open('me')
    outbox.add(draft('late'))
    outbox.add(draft('elsewhere', 'r2'))
    await settled()
    expect(attempts.map(({ text }) => text)).toEqual(['late', 'elsewhere'])
    const [kept, ...rest] = outbox.items.get()
    expect(rest).toEqual([])
    expect(kept).toMatchObject({ state: 'failed', problem: { code: 'request_closed', detail: 'It has ended.' } })
    await vi.advanceTimersByTimeAsync(120_000)
    expect(attempts).toHaveLength(2)
  })

  it('tries a refused message again as a new one', async () => {
    const { tab, attempts, answers } = browser()
    const outbox = tab()
    answers(async () => {
      throw new Problem(422, {}, null)
    })
    outbox.open('me')
    const { key } = outbox.add(draft('one'))
    await settled()
    answers(async (item) => message(item.key))
    outbox.again(key)
    await settled()
    expect(attempts).toHaveLength(2)
    expect(attempts[1]?.key).not.toBe(key)
    expect(outbox.items.get()).toEqual([])
  })

  it('is done by one tab, which sends what the other wrote', async () => {
    const { tab, attempts, answers } = browser()
    const [first, second] = [tab(), tab()]
    answers(async () => {
      throw offline()
    })
    first.open('me')
    second.open('me')
    first.add(draft('one'))
    second.changedElsewhere()
    await settled()
    answers(async (item) => message(item.key))
    const before = attempts.length
    await Promise.all([first.flush(), second.flush()])
    expect(attempts.length - before).toBe(1)
  })

  it('tells a tab whose message another tab has sent', async () => {
    const { tab, answers, sent } = browser()
    const [first, second] = [tab(), tab()]
    answers(async () => {
      throw offline()
    })
    first.open('me')
    second.open('me')
    first.add(draft('one'))
    await settled()
    answers(async (item) => message(item.key))
    second.changedElsewhere()
    await second.flush()
    sent.mockClear()
    first.changedElsewhere()
    expect(sent).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ text: 'one' }), null)
    expect(first.items.get()).toEqual([])
  })
})

describe('what stays on the device', () => {
  it('is taken up at the next visit, and erased with the sign-out', async () => {
    const { tab, answers, storage, attempts } = browser()
    const before = tab()
    answers(async () => {
      throw offline()
    })
    before.open('me')
    before.add(draft('one'))
    await settled()
    before.close()
    answers(async (item) => message(item.key))
    const after = tab()
    after.open('me')
    await settled()
    expect(attempts.at(-1)?.key).toBe(attempts[0]?.key)

    after.erase('me')
    expect(storage.kept.size).toBe(0)
  })

  it('is nobody else’s', async () => {
    const { tab, answers, attempts } = browser()
    const outbox = tab()
    answers(async () => {
      throw offline()
    })
    outbox.open('me')
    outbox.add(draft('one'))
    await settled()
    outbox.close()
    answers(async (item) => message(item.key))
    outbox.open('another')
    await vi.advanceTimersByTimeAsync(120_000)
    expect(attempts).toHaveLength(1)
    expect(outbox.items.get()).toEqual([])
  })

  it('lives in memory when the storage is full', async () => {
    const { tab, storage, attempts } = browser()
    storage.full = true
    const outbox = tab()
    outbox.open('me')
    outbox.add(draft('one'))
    await settled()
    expect(attempts).toHaveLength(1)
    expect(outbox.items.get()).toEqual([])
  })

  it('can be taken back until it is on its way', async () => {
    const { tab, answers } = browser()
    const outbox = tab()
    let release: (found: Message) => void = () => undefined
    answers(() => new Promise((resolve) => (release = resolve)))
    outbox.open('me')
    const first = outbox.add(draft('one'))
    const second = outbox.add(draft('two'))
    await settled()
    expect(outbox.take(first.key)).toBeNull()
    expect(outbox.take(second.key)?.text).toBe('two')
    release(message('m1'))
    await settled()
    expect(outbox.items.get()).toEqual([])
  })
})

describe('the rules', () => {
  const item = (more: Partial<Outgoing> = {}): Outgoing => ({
    key: 'k1',
    request_id: 'r1',
    text: 'hello',
    files: [],
    queued_at: 0,
    after: 'm0',
    state: 'waiting',
    ...more,
  })

  it('never repeat by themselves what the server may have forgotten to have', () => {
    const [old] = recover([item({ state: 'sending', tried_at: 0 })], KEY_LIFE_MS + 1)
    expect(old).toMatchObject({ state: 'failed', problem: { code: 'unknown_outcome' } })
    const [fresh] = recover([item({ state: 'sending', tried_at: 0 })], KEY_LIFE_MS)
    expect(fresh).toMatchObject({ state: 'waiting' })
    const [untried] = recover([item()], KEY_LIFE_MS * 10)
    expect(untried).toMatchObject({ state: 'waiting' })
  })

  it('send text, files, or both', () => {
    expect(bodyOf(item())).toEqual({ message_text: 'hello' })
    const files = [{ id: 'f1', filename: 'a.pdf', size: 3 }]
    expect(bodyOf(item({ text: '', files }))).toEqual({ file_ids: ['f1'] })
  })

  it('show a message once when the socket is quicker than the answer', () => {
    const waiting = [item({ state: 'sending' }), item({ key: 'k2', state: 'waiting' })]
    expect(notYetThere(waiting, [message('m1')], 'me').map(({ key }) => key)).toEqual(['k2'])
    expect(notYetThere(waiting, [message('m1'), message('m2')], 'me')).toEqual([])
  })

  it('do not take an older or another’s message for it', () => {
    const older = message('m0')
    const anothers = message('m1', { sender: { id: 'other', name: 'X', rank: null } })
    const withFile = message('m2', {
      attachments: [{ id: 'f1', filename: 'a', size: 1, media_type: null, sha256: null }],
    })
    expect(notYetThere([item({ state: 'sending' })], [older, anothers, withFile], 'me')).toHaveLength(1)
  })
})
