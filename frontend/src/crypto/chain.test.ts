import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type ChainEntry, verifyChain } from './chain.ts'

function link(entry: Omit<ChainEntry, 'hash'>): ChainEntry {
  const hash = createHash('sha256')
    .update('LERS-AUDIT-v1\0')
    .update(Buffer.from(entry.prev_hash, 'hex'))
    .update(entry.canonical)
    .digest('hex')
  return { ...entry, hash }
}

function chainOf(length: number, chain = 'tenant-a'): ChainEntry[] {
  const entries: ChainEntry[] = []
  for (let seq = 1; seq <= length; seq += 1) {
    const canonical = JSON.stringify({
      actor: { name: 'सुनीता' },
      chain,
      event: 'request:create',
      pad: 'x'.repeat(400),
      seq,
    })
    entries.push(link({ chain, seq, canonical, prev_hash: entries.at(-1)?.hash ?? '00'.repeat(32) }))
  }
  return entries
}

const at = (entries: ChainEntry[], seq: number) => entries[seq - 1] as ChainEntry

describe('verifyChain', () => {
  it('finds nothing in whole chains, in any order, and tells its progress', async () => {
    const told: number[] = []
    const entries = [...chainOf(700), ...chainOf(3, 'tenant-b')].reverse()
    const report = await verifyChain(entries, { whole: true, onProgress: (done) => told.push(done) })
    expect(report).toMatchObject({ ok: true, entries: 703, chains: 2, first: null, gaps: 0 })
    expect(told).toEqual([500, 703])
  })

  it('names the first entry whose text was changed', async () => {
    const entries = chainOf(9)
    const bad = at(entries, 4)
    entries[3] = { ...bad, canonical: bad.canonical.replace('create', 'delete') }
    const report = await verifyChain(entries, { whole: true })
    expect(report.first).toMatchObject({ seq: 4, code: 'changed', expected: bad.hash })
    expect(report.problems).toHaveLength(1)
  })

  it('names the entry behind one that was written anew with its own hash', async () => {
    const entries = chainOf(9)
    entries[3] = link({ ...at(entries, 4), canonical: at(entries, 4).canonical.replace('create', 'delete') })
    const report = await verifyChain(entries, { whole: true })
    expect(report.first).toMatchObject({ seq: 5, code: 'wrong_link' })
  })

  it('names a number that is not the one in the text', async () => {
    const [first, second] = chainOf(2)
    const moved = link({ ...(second as ChainEntry), canonical: (first as ChainEntry).canonical })
    const report = await verifyChain([first as ChainEntry, moved], { whole: true })
    expect(report.first).toMatchObject({ seq: 2, code: 'columns_changed' })
  })

  it('tells what was removed from the beginning, the middle and the end', async () => {
    const entries = chainOf(9)
    const heads = [{ chain: 'tenant-a', seq: 9, hash: at(entries, 9).hash }]
    const codes = async (kept: ChainEntry[]) =>
      (await verifyChain(kept, { whole: true, heads })).problems.map(({ code, seq }) => `${code} ${seq}`)
    expect(await codes(entries.slice(2))).toEqual(['entries_missing 3'])
    expect(await codes(entries.filter(({ seq }) => seq !== 5))).toEqual(['entries_missing 6'])
    expect(await codes(entries.slice(0, 7))).toEqual(['tail_missing 9'])
    expect(await codes(entries)).toEqual([])
  })

  it('tells a head that names another entry, and the same entry twice', async () => {
    const entries = chainOf(3)
    const heads = [{ chain: 'tenant-a', seq: 3, hash: at(entries, 2).hash }]
    expect((await verifyChain(entries, { whole: true, heads })).first?.code).toBe('head_differs')
    expect((await verifyChain([...entries, at(entries, 3)], { whole: true })).first).toMatchObject({
      code: 'wrong_link',
    })
  })

  it('counts gaps of a filtered list instead of blaming them', async () => {
    const entries = chainOf(9).filter(({ seq }) => ![1, 2, 6].includes(seq))
    expect(await verifyChain(entries)).toMatchObject({ ok: true, gaps: 1, entries: 6 })
  })

  it('takes what is not even hexadecimal for changed', async () => {
    const entries = chainOf(2)
    entries[0] = { ...at(entries, 1), prev_hash: 'zz' }
    expect((await verifyChain(entries)).problems.map(({ code }) => code)).toContain('changed')
  })

  it('takes no more than time in proportion to the entries', async () => {
    const entries = chainOf(10_000)
    const seconds = async (count: number) => {
      const start = performance.now()
      expect((await verifyChain(entries.slice(0, count), { whole: true })).ok).toBe(true)
      return performance.now() - start
    }
    await seconds(500)
    const few = await seconds(1_000)
    // Ten times the entries: a walk that looks back at what it has seen would take a hundred times as long.
    expect(await seconds(10_000)).toBeLessThan(Math.max(few, 20) * 40)
  })
})
