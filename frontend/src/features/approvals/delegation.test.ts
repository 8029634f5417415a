import { describe, expect, it } from 'vitest'
import { dayFault, dayOf, momentsOf, stateOf } from './delegation.ts'

const now = Date.parse('2026-11-24T20:00:00Z')

describe('days of a delegation', () => {
  it('are days in India, whatever the computer thinks', () => {
    expect(dayOf(now)).toBe('2026-11-25')
  })

  it('begin now when the first is today, and end with the last', () => {
    expect(momentsOf({ from: '2026-11-25', until: '2026-11-27' }, now)).toEqual({
      valid_until: '2026-11-27T18:29:59.000Z',
    })
    expect(momentsOf({ from: '2026-11-26', until: '2026-11-27' }, now)).toEqual({
      valid_from: '2026-11-25T18:30:00.000Z',
      valid_until: '2026-11-27T18:29:59.000Z',
    })
  })

  it.each([
    [{ from: '', until: '2026-11-25' }, 'from_missing'],
    [{ from: '2026-11-25', until: '' }, 'until_missing'],
    [{ from: '2026-11-20', until: '2026-11-24' }, 'past'],
    [{ from: '2026-11-27', until: '2026-11-26' }, 'backwards'],
    [{ from: '2026-11-25', until: '2026-11-25' }, null],
  ])('%o: %s', (days, fault) => {
    expect(dayFault(days, '2026-11-25')).toBe(fault)
  })

  it('are coming, active or over', () => {
    const state = (valid_from: string, valid_until: string, active = false) =>
      stateOf({ valid_from, valid_until, active }, now)
    expect(state('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z')).toBe('active')
    expect(state('2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z')).toBe('coming')
    expect(state('2026-11-23T00:00:00Z', '2026-11-24T00:00:00Z', true)).toBe('over')
    // Begun since the last tick of the clock.
    expect(state('2026-11-24T20:00:30Z', '2026-11-25T00:00:00Z', true)).toBe('active')
  })
})
