import { describe, expect, it } from 'vitest'
import { changesOf, deviceOf, microsOf, readTold } from './entry.ts'

describe('deviceOf', () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36',
      'Chrome 156, Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1',
      'Edge 140, Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Safari 17, macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari 17, iOS',
    ],
    ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/139.0.0.0 Mobile Safari/537.36', 'Chrome 139, Android'],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0', 'Firefox 131, Linux'],
    ['Python-urllib/3.11', 'Python-urllib 3.11'],
  ])('names the browser of %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device))
  it('says nothing of what is not told', () => expect(deviceOf(null)).toBeNull())
})

describe('changesOf', () => {
  it('tells from what to what, which fields, and what else was noted', () => {
    expect(changesOf({ old: 'DRAFT', new: 'CANCELLED', fields: ['notes'], level: '2' })).toEqual([
      { kind: 'difference', name: '', old: 'DRAFT', new: 'CANCELLED' },
      { kind: 'fields', names: ['notes'] },
      { kind: 'fact', name: 'level', value: '2' },
    ])
  })
  it('tells a first value as a difference from none', () => {
    expect(changesOf({ old: null, new: '5' })).toEqual([{ kind: 'difference', name: '', old: null, new: '5' }])
  })
  it('leaves out a state that stayed, and facts without a value', () => {
    expect(
      changesOf({ old: 'IN_PROGRESS', new: 'IN_PROGRESS', paused: true, signed_with: null, findings: [] }),
    ).toEqual([{ kind: 'fact', name: 'paused', value: true }])
  })
  it('opens what stands inside', () => {
    expect(changesOf({ policy: { auto_submit: false }, role: { old: 'IO', new: 'APPROVER' } })).toEqual([
      { kind: 'fact', name: 'policy.auto_submit', value: false },
      { kind: 'difference', name: 'role', old: 'IO', new: 'APPROVER' },
    ])
  })
  it('has nothing to tell of nothing', () => expect(changesOf(null)).toEqual([]))
})

it('reads where an act came from out of the hashed text', () => {
  const canonical = JSON.stringify({
    actor: { email: 'io@a.example', role: 'IO', sid: null },
    src: { ip: '127.0.0.1', req_id: 'c1', ua: 'demo' },
    obj: { version: '3' },
  })
  expect(readTold(canonical)).toEqual({
    email: 'io@a.example',
    role: 'IO',
    session: null,
    ip: '127.0.0.1',
    call: 'c1',
    userAgent: 'demo',
    objectVersion: '3',
  })
})
it('survives a text that was tampered with', () => {
  expect(readTold('{"actor":').ip).toBeNull()
  expect(readTold('null').ip).toBeNull()
})
it('keeps microseconds, also those that were written without their last zeros', () => {
  expect(microsOf('2026-11-24T09:23:31.759672Z')).toBe('759672')
  expect(microsOf('2026-11-24T09:23:31.7+00:00')).toBe('700000')
  expect(microsOf('2026-11-24T09:23:31Z')).toBe('000000')
})
