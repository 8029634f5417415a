import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { extractOf } from './export.ts'
import { chainOf } from './testing.ts'

const about = { exportedAt: '2026-11-24T10:00:00.000Z', exportedBy: 'sho@a.example', filters: {}, total: 9 }
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)

it('writes what is needed to prove each entry, by the rule that it states', () => {
  const [head, ...entries] = linesOf(extractOf(chainOf(9).reverse(), about))
  expect(head).toMatchObject({
    format: 'lers-audit-extract-1',
    entries: 9,
    entries_in_all: 9,
    exported_by: 'sho@a.example',
  })
  let before = '00'.repeat(32)
  for (const { prev_hash = '', canonical = '', hash } of entries) {
    expect(prev_hash).toBe(before)
    const text = Buffer.concat([Buffer.from('LERS-AUDIT-v1\0'), Buffer.from(prev_hash, 'hex'), Buffer.from(canonical)])
    expect(createHash('sha256').update(text).digest('hex')).toBe(hash)
    before = hash ?? ''
  }
  expect(entries).toHaveLength(9)
})
it('keeps the entries of a chain together, oldest first', () => {
  const mixed = [...chainOf(2, 'b'), ...chainOf(2, 'a')].reverse()
  const places = linesOf(extractOf(mixed, about))
    .slice(1)
    .map(({ chain, seq }) => `${chain}${seq}`)
  expect(places).toEqual(['a1', 'a2', 'b1', 'b2'])
})
it('says when it holds less than there is', () => {
  expect(linesOf(extractOf(chainOf(2), { ...about, total: 12_000 }))[0]).toMatchObject({
    entries: 2,
    entries_in_all: 12_000,
  })
})
