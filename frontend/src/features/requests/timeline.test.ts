import { describe, expect, it } from 'vitest'
import { byDay, dayOf, type TimelineEvent, tell } from './timeline.ts'

const officer = { id: 'u1', name: 'Asha Kulkarni', rank: 'PSI' }
const chief = { id: 'u2', name: 'Sunita Pawar', rank: 'SHO' }
const unit = { id: 't1', name: 'Cyber Police Station, Mumbai' }

const event = (at: string, name: string, more: Partial<TimelineEvent> = {}): TimelineEvent => ({
  at,
  event: name,
  actor: officer,
  tenant: unit,
  object_type: 'request',
  object_id: 'r1',
  change: null,
  ...more,
})

describe('tell', () => {
  it('tells an approval once, with its seal and its step', () => {
    const at = '2026-11-22T21:46:42Z'
    const [entry, ...rest] = tell([
      event(at, 'approval:sealed', {
        actor: chief,
        object_id: 'a1',
        change: { decision: 'APPROVE', statement_sha256: 'ee7c' },
      }),
      event(at, 'request:approve', { actor: chief, change: { level: '1', new: 'APPROVED' } }),
    ])
    expect(rest).toEqual([])
    expect(entry).toMatchObject({ event: 'approval:sealed', objectId: 'a1' })
    expect(entry?.change).toEqual({ decision: 'APPROVE', statement_sha256: 'ee7c', level: '1', new: 'APPROVED' })
  })

  it('does the same when the step was written first', () => {
    const at = '2026-11-22T21:46:42Z'
    const told = tell([
      event(at, 'request:respond'),
      event(at, 'response:create', { object_id: 'p1', change: { number: 'R1' } }),
    ])
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ event: 'response:create', objectId: 'p1' })
  })

  it('keeps the approvals of two people apart', () => {
    const at = '2026-11-22T21:46:42Z'
    const told = tell([
      event(at, 'approval:sealed', { actor: chief, object_id: 'a1' }),
      event(at, 'request:approve', { actor: officer }),
    ])
    expect(told).toHaveLength(2)
  })

  it('counts messages in a row, and begins anew after something else', () => {
    const told = tell([
      event('2026-11-22T08:00:00Z', 'chat:post'),
      event('2026-11-22T08:05:00Z', 'chat:post'),
      event('2026-11-22T08:06:00Z', 'request:start'),
      event('2026-11-22T08:07:00Z', 'chat:post'),
    ])
    expect(told.map(({ event: name, count }) => [name, count])).toEqual([
      ['chat:post', 2],
      ['request:start', 1],
      ['chat:post', 1],
    ])
    expect(told[0]?.at).toBe('2026-11-22T08:05:00Z')
  })

  it('never counts across midnight in India', () => {
    // 18:29 and 18:31 UTC are 23:59 and 00:01 IST.
    const told = tell([event('2026-11-22T18:29:00Z', 'chat:post'), event('2026-11-22T18:31:00Z', 'chat:post')])
    expect(told).toHaveLength(2)
  })

  it('names every field that changes in a row touched', () => {
    const [entry] = tell([
      event('2026-11-22T08:00:00Z', 'request:update', { change: { fields: ['notes'] } }),
      event('2026-11-22T08:01:00Z', 'request:update', { change: { fields: ['notes', 'priority'] } }),
    ])
    expect(entry?.change.fields).toEqual(['notes', 'priority'])
  })
})

it('puts entries under their day in India', () => {
  expect(dayOf('2026-11-22T18:30:00Z')).toBe('2026-11-23')
  const days = byDay(tell([event('2026-11-22T18:00:00Z', 'a:b'), event('2026-11-22T19:00:00Z', 'c:d')]))
  expect(days.map(({ day, entries }) => [day, entries.length])).toEqual([
    ['2026-11-22', 1],
    ['2026-11-23', 1],
  ])
})
