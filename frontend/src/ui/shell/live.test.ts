import { describe, expect, it } from 'vitest'
import { troubleOf } from './connection.ts'
import { shortCount } from './counts.ts'
import { titled } from './title-count.ts'

describe('the connection bar', () => {
  const offline = { state: 'offline', since: 10_000 } as const

  it('lets short interruptions pass', () => {
    expect(troubleOf(offline, true, 13_999)).toBeNull()
    expect(troubleOf(offline, true, 14_000)).toBe('live')
    expect(troubleOf({ state: 'connecting', since: 0 }, true, 14_000)).toBe('live')
  })

  it('speaks at once when the network is away', () => {
    expect(troubleOf({ state: 'online', since: 0 }, false, 0)).toBe('network')
  })

  it('says nothing while all is well, or nobody is signed in', () => {
    expect(troubleOf({ state: 'online', since: 0 }, true, 1e9)).toBeNull()
    expect(troubleOf({ state: 'off', since: 0 }, true, 1e9)).toBeNull()
  })
})

describe('the number in the title', () => {
  it('stands once before the title, and goes with the last', () => {
    expect(titled('Requests – LERS', 3)).toBe('(3) Requests – LERS')
    expect(titled('(3) Requests – LERS', 120)).toBe('(99+) Requests – LERS')
    expect(titled('(99+) Requests – LERS', 0)).toBe('Requests – LERS')
  })

  it('stays short', () => {
    expect([shortCount(99), shortCount(100)]).toEqual(['99', '99+'])
  })
})
