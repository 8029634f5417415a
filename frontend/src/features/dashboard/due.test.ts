import { describe, expect, it } from 'vitest'
import { dayPart, dueBuckets, dueToday } from './due.ts'

const AS_OF = '2026-11-24T09:00:00.000Z'
const DUE = { breached: 3, next_4_hours: 2, next_24_hours: 1, next_72_hours: 0, later: 4, paused: 1 }

describe('dueBuckets', () => {
  const buckets = dueBuckets(DUE, AS_OF)

  it('counts as the server does', () => {
    expect(Object.fromEntries(buckets.map(({ name, count }) => [name, count]))).toEqual(DUE)
  })

  it('leaves no moment out and none in two buckets', () => {
    const times = buckets.flatMap(({ filters }) => (filters.due_from ? [filters] : []))
    expect(times[0]?.due_from).toBe(AS_OF)
    for (const [at, { due_to }] of times.slice(0, -1).entries()) {
      expect(Date.parse(times[at + 1]?.due_from ?? '') - Date.parse(due_to ?? '')).toBe(1)
    }
    expect(times.at(-1)?.due_to).toBeUndefined()
  })

  it('lists what has not ended only', () => {
    for (const { filters } of buckets) expect(filters.status).not.toContain('COMPLETED')
  })
})

describe('dueToday', () => {
  it('ends with the day', () => {
    expect(dueToday(AS_OF, '2026-11-24T18:30:00Z')).toMatchObject({ due_from: AS_OF, due_to: '2026-11-24T18:30:00Z' })
  })
})

describe('dayPart', () => {
  it.each([
    ['2026-11-24T06:29:59Z', 'morning'],
    ['2026-11-24T06:30:00Z', 'afternoon'],
    ['2026-11-24T11:30:00Z', 'evening'],
    ['2026-11-24T18:30:00Z', 'morning'],
  ])('reads %s by the clock of India as %s', (at, part) => expect(dayPart(Date.parse(at))).toBe(part))
})
