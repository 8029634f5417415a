import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keys } from '~/api/keys.ts'
import { watchActivity } from './activity.ts'
import { createBatch } from './batch.ts'
import type { HubEvent, HubEvents } from './events.ts'
import { keepFresh } from './invalidation.ts'
import { BELIEVE_MS, createTypingTeller, heardTyping, stillTyping } from './typing.ts'

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => vi.useRealTimers())

describe('a batch', () => {
  it('does the same once, and different things together', () => {
    const act = vi.fn()
    const batch = createBatch<string>(act, 250)
    batch.add('a', 'first')
    batch.add('b', 'other')
    batch.add('a', 'newest')
    vi.advanceTimersByTime(249)
    expect(act).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(act).toHaveBeenCalledExactlyOnceWith(['newest', 'other'])
  })

  it('rests between two turns', () => {
    const act = vi.fn()
    const batch = createBatch<string>(act, 250, 2_000)
    batch.add('a', 'one')
    vi.advanceTimersByTime(250)
    batch.add('a', 'two')
    vi.advanceTimersByTime(1_999)
    expect(act).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    expect(act).toHaveBeenCalledTimes(2)
  })
})

describe('keeping the cache fresh', () => {
  const source = () => {
    const listeners = new Map<HubEvent, (payload: never) => void>()
    return {
      on: (event: HubEvent, listener: (payload: never) => void) => {
        listeners.set(event, listener)
        return () => void listeners.delete(event)
      },
      tell: <Name extends HubEvent>(event: Name, payload: HubEvents[Name]) => listeners.get(event)?.(payload as never),
      listeners,
    }
  }

  it('refetches a request once for a burst of its events, and its lists with it', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries')
    const hub = source()
    keepFresh(hub as never, client)
    for (let version = 1; version <= 50; version += 1) {
      hub.tell('request_updated', { id: 'r1', status: 'SUBMITTED', version })
    }
    vi.advanceTimersByTime(250)
    const keysAsked = invalidate.mock.calls.map(([filters]) => JSON.stringify(filters?.queryKey))
    expect(keysAsked).toHaveLength(new Set(keysAsked).size)
    expect(keysAsked).toContain(JSON.stringify(keys.requests.one('r1')))
    expect(keysAsked).toContain(JSON.stringify(keys.requests.lists))
    vi.advanceTimersByTime(10_000)
    expect(invalidate).toHaveBeenCalledTimes(keysAsked.length)
  })

  it('does not move a list of notifications under the reader’s eyes', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries')
    const hub = source()
    keepFresh(hub as never, client)
    hub.tell('new_notification', {} as never)
    vi.advanceTimersByTime(250)
    expect(invalidate).toHaveBeenCalledWith(
      expect.objectContaining({ queryKey: ['notifications', 'list'], refetchType: 'none' }),
    )
  })

  it('finds the files of requests by their key, and leaves the rest of a request alone', () => {
    const client = new QueryClient()
    client.setQueryData(keys.requests.part('r1', 'files'), [])
    client.setQueryData(keys.requests.part('r1', 'timeline'), [])
    const hub = source()
    keepFresh(hub as never, client)
    hub.tell('file_updated', { id: 'f1', scan_status: 'CLEAN' })
    vi.advanceTimersByTime(250)
    expect(client.getQueryState(keys.requests.part('r1', 'files'))?.isInvalidated).toBe(true)
    expect(client.getQueryState(keys.requests.part('r1', 'timeline'))?.isInvalidated).toBe(false)
  })

  it('stops', () => {
    const hub = source()
    keepFresh(hub as never, new QueryClient())()
    expect(hub.listeners.size).toBe(0)
  })
})

describe('typing', () => {
  it('is said at once, repeated sparingly, and ended after a pause', () => {
    const tell = vi.fn()
    const teller = createTypingTeller(tell)
    for (let key = 0; key < 20; key += 1) {
      teller.typed()
      vi.advanceTimersByTime(150)
    }
    expect(tell.mock.calls).toEqual([[true], [true]])
    vi.advanceTimersByTime(4_000)
    expect(tell.mock.calls.at(-1)).toEqual([false])
    teller.stopped()
    expect(tell).toHaveBeenCalledTimes(3)
  })

  it('is not believed for ever', () => {
    const typists = heardTyping(heardTyping(new Map(), 'a', true, 0), 'b', true, 4_000)
    expect([...stillTyping(typists, BELIEVE_MS).keys()]).toEqual(['b'])
    expect(stillTyping(typists, 5_000)).toBe(typists)
    expect([...heardTyping(typists, 'a', false, 0).keys()]).toEqual(['b'])
  })
})

describe('activity', () => {
  const page = () => {
    const found = new EventTarget() as EventTarget & { visibilityState: string }
    found.visibilityState = 'visible'
    return found
  }
  const watch = (found: ReturnType<typeof page>) => {
    const changed = vi.fn()
    const stop = watchActivity(changed, found as unknown as Document)
    return { changed, stop }
  }

  it('ends five minutes after the last sign, and begins with the next', () => {
    const found = page()
    const { changed } = watch(found)
    vi.advanceTimersByTime(4 * 60_000)
    found.dispatchEvent(new Event('keydown'))
    vi.advanceTimersByTime(4 * 60_000)
    expect(changed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(changed.mock.calls).toEqual([['AWAY']])
    found.dispatchEvent(new Event('pointermove'))
    expect(changed.mock.calls).toEqual([['AWAY'], ['ONLINE']])
  })

  it('ends half a minute after the window was hidden', () => {
    const found = page()
    const { changed, stop } = watch(found)
    found.visibilityState = 'hidden'
    found.dispatchEvent(new Event('visibilitychange'))
    vi.advanceTimersByTime(29_999)
    expect(changed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(changed.mock.calls).toEqual([['AWAY']])
    found.visibilityState = 'visible'
    found.dispatchEvent(new Event('visibilitychange'))
    expect(changed.mock.calls.at(-1)).toEqual(['ONLINE'])
    stop()
    vi.advanceTimersByTime(60 * 60_000)
    expect(changed).toHaveBeenCalledTimes(2)
  })
})
