import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalise } from '~/crypto/index.ts'
import type { Upload } from '~/features/files/index.ts'
import { bodyOf, problemsIn, type ResponseContent } from './body.ts'
import { categoryOf } from './category.ts'
import { type Draft, EMPTY, forgetDrafts, keepDraft, readDraft, withoutSent } from './draft.ts'
import { answered, answeredBefore, answerRest, OUTCOMES, REASONS } from './outcomes.ts'
import { progressOf } from './progress.ts'
import { checkManifest } from './statement.ts'

const subject = { ids: ['i1', 'i2', 'i3'], open: ['i1', 'i2'] }
const draft = (change: Partial<Draft>): Draft => ({ ...EMPTY, ...change })
const disclosed = { outcome: 'DISCLOSED', reason: null } as const

describe('the draft', () => {
  class Memory {
    kept = new Map<string, string>()
    getItem = (key: string) => this.kept.get(key) ?? null
    setItem = (key: string, value: string) => void this.kept.set(key, value)
    removeItem = (key: string) => void this.kept.delete(key)
  }

  it('comes back as it was, for its user and request alone', () => {
    const storage = new Memory()
    const mine = draft({ text: 'x', files: [{ id: 'f', sha256: 's' }] })
    keepDraft(storage, 'u1', 'q1', mine)
    keepDraft(storage, 'u1', 'q2', draft({ text: 'y' }))
    expect(readDraft(storage, 'u1', 'q1')).toEqual(mine)
    expect(readDraft(storage, 'u2', 'q1')).toEqual(EMPTY)
    keepDraft(storage, 'u1', 'q1', null)
    expect(readDraft(storage, 'u1', 'q1')).toEqual(EMPTY)
    expect(readDraft(storage, 'u1', 'q2').text).toBe('y')
    forgetDrafts(storage, 'u1')
    expect(storage.kept.size).toBe(0)
  })

  it('lets go of files that went with a response', () => {
    const files = ['f1', 'f2'].map((id) => ({ id, sha256: id }))
    const responses = [{ files: [{ id: 'f1' }] }]
    expect(withoutSent(draft({ files }), responses).files.map(({ id }) => id)).toEqual(['f2'])
    expect(withoutSent(EMPTY, responses)).toBe(EMPTY)
  })

  it('is empty where the storage holds something else, or an older form of it', () => {
    const storage = new Memory()
    storage.setItem('lers-responses:u1', 'not json')
    expect(readDraft(storage, 'u1', 'q1')).toEqual(EMPTY)
    storage.setItem('lers-responses:u1', '{"q1":{"text":"old"}}')
    expect(readDraft(storage, 'u1', 'q1')).toEqual(draft({ text: 'old' }))
  })
})

describe('outcomes', () => {
  it('keep a reason only where it makes sense', () => {
    expect(answered({ outcome: 'NO_DATA', reason: 'DATA_EXPIRED' }, 'PARTIAL').reason).toBe('DATA_EXPIRED')
    expect(answered({ outcome: 'NO_DATA', reason: 'DATA_NOT_HELD' }, 'REJECTED').reason).toBeNull()
    expect(answered({ outcome: 'REJECTED', reason: 'OVERBROAD' }, 'DISCLOSED').reason).toBeNull()
    expect(OUTCOMES.every((outcome) => outcome === 'DISCLOSED' || REASONS[outcome].length > 2)).toBe(true)
  })

  it('are given to the rest in one step', () => {
    const before = { i1: { outcome: 'NO_DATA', reason: 'DATA_EXPIRED' } as const }
    expect(answerRest(before, ['i1', 'i2'], 'DISCLOSED')).toEqual({ ...before, i2: disclosed })
  })

  it('of an earlier part stand, those of a rejected response do not', () => {
    const response = (number: string, status: string, id: string) => ({
      response_number: number,
      status,
      outcomes: [{ identifier_id: id, outcome: 'DISCLOSED' }],
    })
    const found = answeredBefore([response('R1', 'RECEIVED', 'i1'), response('R2', 'REJECTED', 'i2')])
    expect([...found]).toEqual([['i1', { outcome: 'DISCLOSED', number: 'R1' }]])
  })
})

describe('bodyOf', () => {
  it('lists what was answered in the order of the request', () => {
    const answers = { i3: { outcome: 'NO_DATA', reason: 'DATA_EXPIRED' } as const, i1: disclosed, gone: disclosed }
    const body = bodyOf(draft({ answers, text: ' a ', files: [{ id: 'f1', sha256: 's' }], partial: true }), subject)
    expect(body).toEqual({
      response_text: 'a',
      remarks: null,
      file_ids: ['f1'],
      outcomes: [
        { identifier_id: 'i1', outcome: 'DISCLOSED', reason_code: null },
        { identifier_id: 'i3', outcome: 'NO_DATA', reason_code: 'DATA_EXPIRED' },
      ],
      is_partial: true,
    })
  })

  it('says “no data” for all that is open, without files, and as the last word', () => {
    const body = bodyOf(
      draft({ kind: 'none', noneReason: 'DATA_EXPIRED', files: [{ id: 'f1', sha256: 's' }], partial: true }),
      subject,
    )
    expect(body.outcomes.map(({ identifier_id, outcome }) => [identifier_id, outcome])).toEqual([
      ['i1', 'NO_DATA'],
      ['i2', 'NO_DATA'],
    ])
    expect([body.file_ids, body.is_partial]).toEqual([[], false])
  })
})

describe('problemsIn', () => {
  const codes = (change: Partial<Draft>, files: Parameters<typeof problemsIn>[2] = [], unsent = 0) =>
    problemsIn(draft(change), subject, files, unsent).map(({ code }) => code)
  const answers = { i1: disclosed, i2: disclosed }

  it('wants an outcome for all that is open in the last part, and reasons where nothing is given', () => {
    expect(problemsIn(draft({ answers: { i1: disclosed } }), subject, [], 0)).toEqual([
      { code: 'no_outcome', id: 'i2', count: 1 },
    ])
    expect(codes({ answers })).toEqual([])
    expect(codes({ partial: true, text: 'x' })).toEqual([])
    expect(codes({ answers: { ...answers, i2: { outcome: 'REJECTED', reason: null } } })).toEqual(['no_reason'])
    expect(codes({ partial: true })).toEqual(['nothing'])
  })

  it('wants every file here, scanned, clean and with the bytes that were sent', () => {
    const files = [{ id: 'f1', sha256: 'aa' }]
    const with1 = (scan?: string, sha256: string | null = 'aa', unsent = 0) =>
      codes({ answers, files }, [{ id: 'f1', scan, sha256 }], unsent)
    expect(with1('CLEAN')).toEqual([])
    expect(with1('PENDING', null)).toEqual(['scanning'])
    expect(with1(undefined)).toEqual(['scanning'])
    expect(with1('INFECTED')).toEqual(['infected'])
    expect(with1('SUSPICIOUS')).toEqual(['infected'])
    expect(with1('CLEAN', 'bb')).toEqual(['other_bytes'])
    expect(with1('CLEAN', 'aa', 2)).toEqual(['sending'])
    expect(codes({ answers, files: Array.from({ length: 51 }, (_, n) => ({ id: `f${n}`, sha256: '' })) })).toEqual([
      'too_many',
    ])
  })

  it('wants a reason for “no data”, and a text where no identifier carries it', () => {
    expect(codes({ kind: 'none' })).toEqual(['none_reason'])
    expect(codes({ kind: 'none', noneReason: 'DATA_EXPIRED' })).toEqual([])
    const alone = { ids: [], open: [] }
    const none = draft({ kind: 'none', noneReason: 'DATA_EXPIRED' })
    expect(problemsIn(none, alone, [], 0)).toEqual([{ code: 'text_needed' }])
    expect(problemsIn({ ...none, text: 'x' }, alone, [], 0)).toEqual([])
  })
})

describe('progressOf', () => {
  const upload = (state: Upload['state'], sent: number): Upload => ({ id: sent, name: 'x', size: 100, state, sent })

  it('counts what has arrived, what is on its way and what waits, but not what failed', () => {
    expect(progressOf(50, [upload('sending', 40), upload('failed', 10)], [{ size: 30 }])).toEqual({
      left: 2,
      sent: 90,
      total: 180,
    })
    // The bytes of a request are a few more than those of the file.
    expect(progressOf(0, [upload('sending', 120)], []).sent).toBe(100)
  })
})

describe('categoryOf', () => {
  it('tells records from documents, pictures and recordings', () => {
    const types = ['text/csv', 'application/pdf', 'image/png', 'video/mp4', 'application/zip', 'application/x-thing']
    expect(types.map(categoryOf)).toEqual(['records', 'document', 'image', 'recording', 'archive', 'other'])
  })
})

describe('checkManifest', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex')
  const body: ResponseContent = {
    response_text: 'Two files.',
    remarks: null,
    file_ids: ['f1'],
    outcomes: [{ identifier_id: 'i1', outcome: 'NO_DATA', reason_code: 'DATA_EXPIRED' }],
    is_partial: false,
  }
  const members = {
    type: 'lers.response-manifest.v1',
    request_id: 'q1',
    submitted_by: { id: 'u1', name: 'Nodal' },
    is_partial: false,
    response_text_sha256: hash('Two files.'),
    remarks_sha256: null,
    outcomes: body.outcomes,
    files: [{ id: 'f1', name: 'a.csv', size: 1, media_type: 'text/csv', sha256: 'aa', sha512: 'bb' }],
  }
  const faults = async (change: object, shown: object = {}) => {
    const statement = canonicalise({ ...members, ...change } as never)
    const files = [{ id: 'f1', sha256: 'aa' }]
    const issued = { statement, sha256: hash(statement) }
    return (await checkManifest(issued, { requestId: 'q1', userId: 'u1', body, files, ...shown })).faults
  }

  it('finds nothing in the manifest of what is shown', async () => expect(await faults({})).toEqual([]))

  it('tells a manifest over something else', async () => {
    expect(await faults({ request_id: 'q2' })).toEqual(['other_request'])
    expect(await faults({ submitted_by: { id: 'u2', name: 'x' } })).toEqual(['other_sender'])
    expect(await faults({ is_partial: true })).toEqual(['other_content'])
    expect(await faults({ response_text_sha256: null })).toEqual(['other_content'])
    expect(await faults({ outcomes: [{ ...body.outcomes[0], outcome: 'DISCLOSED' }] })).toEqual(['other_content'])
    expect(await faults({ outcomes: [] })).toEqual(['other_content'])
    expect(await faults({ files: [] })).toEqual(['other_files'])
    expect(await faults({ type: 'x' })).toEqual(['not_readable'])
  })

  it('does not take the server’s word for the bytes of a file', async () => {
    expect(await faults({}, { files: [{ id: 'f1', sha256: 'other' }] })).toEqual(['other_files'])
  })

  it('computes the hash itself', async () => {
    const statement = canonicalise(members as never)
    const shown = { requestId: 'q1', userId: 'u1', body, files: [{ id: 'f1', sha256: 'aa' }] }
    const checked = await checkManifest({ statement, sha256: 'told' }, shown)
    expect([checked.faults, checked.sha256]).toEqual([['other_hash'], hash(statement)])
  })
})
