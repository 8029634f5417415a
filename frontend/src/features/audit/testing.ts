/** Chains for tests, linked as the server links them, and an API that gives them out in pages. */
import { createHash } from 'node:crypto'
import { vi } from 'vitest'
import { api } from '~/api/index.ts'
import type { Entry } from './entry.ts'

const GENESIS = '00'.repeat(32)
export const CHAIN = '01a20ca0-eb3a-7602-93fd-a97958c9c0f9'

const hashOf = (prev: string, canonical: string) =>
  createHash('sha256').update('LERS-AUDIT-v1\0').update(Buffer.from(prev, 'hex')).update(canonical).digest('hex')

export function chainOf(length: number, chain = CHAIN): Entry[] {
  const entries: Entry[] = []
  for (let seq = 1; seq <= length; seq += 1) {
    const at = `2026-11-24T09:00:00.${String(seq).padStart(6, '0')}Z`
    const actor = { id: 'b1', name: 'आशा कुलकर्णी', rank: 'PSI' }
    const [event, change] = ['request:update', { fields: ['notes'] }]
    const obj = { type: 'request', id: null, version: '2' }
    const rest = { request: null, change, why: null }
    const canonical = JSON.stringify({ actor: { ...actor, role: 'IO' }, at, chain, event, obj, seq, ...rest })
    const prev_hash = entries.at(-1)?.hash ?? GENESIS
    entries.push({
      chain,
      seq,
      at,
      event,
      actor,
      tenant: { id: chain, name: 'Cyber Police Station' },
      object_type: 'request',
      object_id: null,
      request_id: null,
      change,
      why: null,
      canonical,
      prev_hash,
      hash: hashOf(prev_hash, canonical),
    })
  }
  return entries
}

type Query = { cursor?: string; limit?: number }
type Asked = [string, { params: { query: Query } }]

/** Answers reads of the trail, newest first, in pages of the size that is asked for; tells each call. */
export function serve(trail: () => readonly Entry[], total: () => number, verdict: object = {}) {
  return vi.spyOn(api, 'GET').mockImplementation(((...[path, { params }]: Asked) => {
    const { cursor, limit = 50 } = params.query
    const from = Number(cursor ?? 0)
    const all = trail()
    const next = from + limit < all.length ? String(from + limit) : null
    const page = { items: all.toReversed().slice(from, from + limit), next_cursor: next, total: total() }
    const data = path.endsWith('/verify/') ? verdict : page
    return Promise.resolve({ data, response: new Response('{}') })
  }) as never)
}
