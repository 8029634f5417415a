import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalise, digest } from '~/crypto/index.ts'
import { changesSince } from './changes.ts'
import { checkApproval } from './check.ts'
import { neighbour, queueOf } from './queue.ts'
import { type Approval, levelsOf } from './route.ts'

function waiting(id: string, priority: 'NORMAL' | 'URGENT' | 'CRITICAL', sent: string | null, approve = true) {
  return { id, priority, first_sent_for_approval_at: sent, updated_at: '2026-11-24T00:00:00Z', abilities: { approve } }
}

describe('the queue', () => {
  const queue = queueOf([
    waiting('new', 'NORMAL', '2026-11-23T00:00:00Z'),
    waiting('old', 'NORMAL', '2026-11-20T00:00:00Z'),
    waiting('critical', 'CRITICAL', '2026-11-24T00:00:00Z'),
    waiting('given', 'CRITICAL', '2026-11-01T00:00:00Z', false),
    waiting('urgent', 'URGENT', null),
  ])

  it('puts the most urgent first, then the oldest, and apart what waits for others', () => {
    expect(queue.mine.map(({ id }) => id)).toEqual(['critical', 'urgent', 'old', 'new'])
    expect(queue.others.map(({ id }) => id)).toEqual(['given'])
  })

  it('walks through both parts and stops at the ends', () => {
    expect(neighbour(queue, undefined, 1)?.id).toBe('critical')
    expect(neighbour(queue, 'new', 1)?.id).toBe('given')
    expect(neighbour(queue, 'given', 1)).toBeNull()
    expect(neighbour(queue, 'critical', -1)).toBeNull()
    // Decided by a colleague meanwhile: begin anew.
    expect(neighbour(queue, 'gone', 1)?.id).toBe('critical')
    expect(neighbour(queueOf([]), undefined, 1)).toBeNull()
  })
})

const statement = canonicalise({
  type: 'lers.approval.v1',
  request_id: 'q1',
  decision: 'APPROVE',
  level: '1',
  signer: { id: 'u1', name: 'Sunita Pawar' },
})

async function decision(change: Partial<Approval> = {}): Promise<Approval> {
  return {
    id: 'a1',
    request_id: 'q1',
    level: 1,
    min_rank: 'SHO',
    action: 'APPROVE',
    approver: { id: 'u1', name: 'Sunita Pawar', rank: 'SHO' },
    approver_unit: null,
    on_behalf_of: null,
    comments: null,
    action_timestamp: '2026-11-22T10:00:00Z',
    created_at: '2026-11-22T10:00:00Z',
    current: true,
    verdict: 'VALID',
    reasons: [],
    signature_hash: await digest(statement),
    seal: { kid: 'seal-1', value: '' },
    statement,
    signature: null,
    ...change,
  }
}

describe('the route', () => {
  const route = [
    { level: 1, min_rank: 'SHO', given: true },
    { level: 2, min_rank: 'DSP', given: false },
    { level: 3, min_rank: 'SP', given: false },
  ]

  it('says who gave a level, which is next and which come later', async () => {
    const levels = levelsOf(route, [await decision()])
    expect(levels.map(({ state }) => state)).toEqual(['given', 'next', 'later'])
    expect(levels[0]?.approval?.approver.name).toBe('Sunita Pawar')
  })

  it('counts neither a void approval nor another decision', async () => {
    const approvals = [await decision({ current: false }), await decision({ action: 'REQUEST_CHANGES', level: 1 })]
    expect(levelsOf(route, approvals).map(({ state }) => state)).toEqual(['next', 'later', 'later'])
  })

  it('follows the decisions where no route is told', async () => {
    expect(levelsOf(null, [await decision()])).toMatchObject([{ level: 1, minRank: 'SHO', state: 'given' }])
  })
})

describe('what changed since a request was sent back', () => {
  const event = (at: string, name: string, fields?: string[]) => ({
    at,
    event: name,
    change: fields ? { fields } : null,
  })

  it('is nothing when it never was', async () => {
    expect(
      changesSince([await decision()], [event('2026-11-23T00:00:00Z', 'request:update', ['description'])]),
    ).toBeNull()
  })

  it('names each changed field once, and only of the time after the last return', async () => {
    const approvals = [
      await decision({ action: 'REQUEST_CHANGES', action_timestamp: '2026-11-20T00:00:00Z' }),
      await decision({ action: 'REQUEST_CHANGES', action_timestamp: '2026-11-22T00:00:00Z', comments: 'Shorter' }),
    ]
    const found = changesSince(approvals, [
      event('2026-11-21T00:00:00Z', 'request:update', ['priority']),
      event('2026-11-23T00:00:00Z', 'request:update', ['date_range_from', 'metadata']),
      event('2026-11-23T01:00:00Z', 'request:update', ['date_range_from', 'description']),
      event('2026-11-23T02:00:00Z', 'request:submit_for_approval'),
    ])
    expect(found?.decision.comments).toBe('Shorter')
    expect(found?.fields).toEqual(['date_range_from', 'description'])
    expect(found?.resentAt).toBe('2026-11-23T02:00:00Z')
  })
})

describe('a decision checked in the browser', () => {
  const seal = generateKeyPairSync('ed25519')
  const keys = [
    { kid: 'seal-1', public_key: seal.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
  ]
  const value = sign(null, Buffer.from(`LERS-SEAL-v1\0${statement}`), seal.privateKey).toString('base64url')
  const sealed = () => decision({ seal: { kid: 'seal-1', value } })
  const verdicts = async (approval: Approval, known = keys) => {
    const { verdict, checks } = await checkApproval(approval, known)
    return [
      verdict,
      ...checks.filter(({ verdict: each }) => each !== 'valid').map(({ name, verdict: each }) => `${name} ${each}`),
    ]
  }

  it('is valid when everything fits; without a signature nothing is missing', async () => {
    expect(await verdicts(await sealed())).toEqual(['VALID', 'signature absent'])
  })

  it('shows what was changed', async () => {
    expect(await verdicts({ ...(await sealed()), level: 2 })).toEqual(['ALTERED', 'row altered', 'signature absent'])
    const other = { ...(await sealed()), approver: { id: 'u1', name: 'Somebody else', rank: 'DGP' } }
    expect(await verdicts(other)).toEqual(['ALTERED', 'row altered', 'signature absent'])
    const moved = { ...(await sealed()), statement: statement.replace('q1', 'q2') }
    expect((await verdicts(moved)).slice(1, 4)).toEqual(['hash altered', 'row altered', 'seal altered'])
  })

  it('says when it cannot tell', async () => {
    expect(await verdicts(await sealed(), [])).toEqual(['UNKNOWN_KEY', 'seal unknown_key', 'signature absent'])
  })
})
