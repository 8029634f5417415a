import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Entry } from './entry.ts'
import { MOST_AT_ONCE } from './queries.ts'
import { CHAIN, chainOf, serve } from './testing.ts'
import { firstOfEach, standingOf, verifyHere } from './verification.ts'

afterEach(() => vi.restoreAllMocks())

const changed = (entries: Entry[], seq: number) =>
  entries.map((entry) =>
    entry.seq === seq ? { ...entry, canonical: entry.canonical.replace('request:update', 'request:create') } : entry,
  )

describe('verifyHere', () => {
  it('fetches every page and proves every entry', async () => {
    const trail = chainOf(450)
    const get = serve(
      () => trail,
      () => 450,
    )
    const phases = new Set<string>()
    const verdict = await verifyHere(undefined, { onProgress: ({ phase }) => phases.add(phase) })
    expect(verdict).toMatchObject({ ok: true, entries: 450, total: 450, missing: 0, chains: 1 })
    expect(get).toHaveBeenCalledTimes(3)
    expect([...phases]).toEqual(['reading', 'walking'])
    expect(standingOf(verdict, { chain: CHAIN, seq: 450 })).toBe('proved')
    expect(standingOf(verdict, { chain: CHAIN, seq: 451 })).toBe('unknown')
  })

  it('says where a chain is broken, and that nothing behind is proved', async () => {
    const trail = changed(chainOf(9), 4)
    serve(
      () => trail,
      () => 9,
    )
    const verdict = await verifyHere(undefined)
    expect(verdict.ok).toBe(false)
    expect(verdict.first).toMatchObject({ seq: 4, code: 'changed', expected: trail[3]?.hash })
    const standings = [3, 4, 5, 9].map((seq) => standingOf(verdict, { chain: CHAIN, seq }))
    expect(standings).toEqual(['proved', 'broken', 'unproved', 'unproved'])
    expect(standingOf(verdict, { chain: 'another', seq: 5 })).toBe('unknown')
  })

  it.each([
    { event: 'auth:login' },
    { at: '2026-11-24T09:00:00.000005Z' },
    { actor: { id: 'b2', name: 'आशा कुलकर्णी', rank: 'PSI' } },
    { request_id: CHAIN },
    { change: { fields: ['priority'] } },
    { why: 'by order' },
  ])('finds a list that says something else than the hashed text: %j', async (lie) => {
    const trail = chainOf(9).map((entry) => (entry.seq === 4 ? { ...entry, ...lie } : entry))
    serve(
      () => trail,
      () => 9,
    )
    const verdict = await verifyHere(undefined)
    expect(verdict).toMatchObject({ ok: false, first: { seq: 4, code: 'columns_changed' } })
    expect(verdict.problems).toHaveLength(1)
    const standings = [3, 4, 5].map((seq) => standingOf(verdict, { chain: CHAIN, seq }))
    expect(standings).toEqual(['proved', 'broken', 'proved'])
  })

  it('misses what was cut off at the end', async () => {
    serve(
      () => chainOf(7),
      () => 9,
    )
    expect(await verifyHere(undefined)).toMatchObject({ ok: false, missing: 2, problems: [] })
  })

  it('reads again before it calls a gap one: an entry may be written between two pages', async () => {
    const whole = chainOf(9)
    let reads = 0
    serve(
      () => {
        reads += 1
        return reads === 1 ? whole.filter(({ seq }) => seq !== 8) : whole
      },
      () => 9,
    )
    expect(await verifyHere(undefined)).toMatchObject({ ok: true, entries: 9 })
  })

  it('calls a gap that stays one', async () => {
    serve(
      () => chainOf(9).filter(({ seq }) => seq !== 5),
      () => 9,
    )
    const verdict = await verifyHere(undefined)
    expect(verdict.ok).toBe(false)
    expect(verdict.first).toMatchObject({ seq: 6, code: 'entries_missing' })
  })

  it('walks the newest of a long trail, and asks nothing of what lies before', async () => {
    const trail = chainOf(MOST_AT_ONCE + 50)
    serve(
      () => trail,
      () => trail.length,
    )
    const verdict = await verifyHere(undefined)
    expect(verdict).toMatchObject({ ok: true, entries: MOST_AT_ONCE, total: MOST_AT_ONCE + 50, missing: 0 })
    expect(standingOf(verdict, { chain: CHAIN, seq: 50 })).toBe('unknown')
  })

  it('stops when it is told to', async () => {
    serve(
      () => chainOf(3),
      () => 3,
    )
    await expect(verifyHere(undefined, { signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

it('finds the first bad entry of each chain', () => {
  const bad = [
    { chain: 'a', seq: 7 },
    { chain: 'b', seq: 2 },
    { chain: 'a', seq: 4 },
  ]
  expect(firstOfEach(bad)).toEqual(
    new Map([
      ['a', 4],
      ['b', 2],
    ]),
  )
})
