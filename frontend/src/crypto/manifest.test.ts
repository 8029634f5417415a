import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { generatePair, signStatement } from './algorithms.ts'
import { toBase64 } from './bytes.ts'
import { digest } from './digest.ts'
import { fingerprintOf } from './fingerprint.ts'
import { canonicalise } from './jcs.ts'
import { type ManifestInput, readManifest, verifyManifest } from './manifest.ts'
import { checkStatement } from './statement.ts'

const text = 'Two files.'
const hash = (name: string, data: string) => createHash(name).update(data).digest('hex')
const file = (id: string, data: string) => ({
  id,
  name: `${id}.csv`,
  size: Buffer.byteLength(data),
  media_type: 'text/csv',
  sha256: hash('sha256', data),
  sha512: hash('sha512', data),
})
const outcomes = [{ identifier_id: 'i1', outcome: 'DISCLOSED', reason_code: null }]
const seal = generateKeyPairSync('ed25519')
const sealKeys = [
  { kid: 'seal-1', public_key: seal.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
]
const bytes: Record<string, string> = { f1: 'a,b\n1,2\n', f2: 'ग्राहक' }

function manifestText() {
  return canonicalise({
    type: 'lers.response-manifest.v1',
    response_number: 'R-1',
    request_id: 'q1',
    request_number: 'LERS-2026-MUM-000001',
    request_content_hash: 'c',
    agency: { id: 't1', name: 'Agency' },
    provider: { id: 't2', name: 'Provider' },
    submitted_by: { id: 'u1', name: 'Nodal', rank: null, badge_number: null, unit: null },
    submitted_at: '2026-11-24T08:00:00Z',
    is_partial: false,
    response_text_sha256: hash('sha256', text),
    remarks_sha256: null,
    outcomes,
    files: Object.entries(bytes).map(([id, data]) => file(id, data)),
  })
}

/** A response as it should be; tests change one thing of it. */
async function whole(): Promise<ManifestInput> {
  const manifest = manifestText()
  const pair = await generatePair(false)
  const value = sign(null, Buffer.from(`LERS-SEAL-v1\0${manifest}`), seal.privateKey).toString('base64url')
  return {
    kept: {
      manifest,
      sha256: await digest(manifest),
      seal: { kid: 'seal-1', value },
      signature: {
        algorithm: pair.algorithm,
        public_key: toBase64(pair.spki),
        fingerprint: await fingerprintOf(pair.spki),
        value: await signStatement(pair.algorithm, pair.privateKey, manifest),
      },
    },
    response: { response_text: text, remarks: null, outcomes, files: [{ id: 'f1' }, { id: 'f2' }] },
    sealKeys,
    readFile: async ({ id }) => new Blob([bytes[id] ?? '']),
  }
}

const failing = async (input: ManifestInput) => {
  const report = await verifyManifest(input)
  const steps = report.steps.filter(({ verdict }) => verdict !== 'valid')
  return [report.verdict, ...steps.map(({ step, verdict, file }) => `${step}${file ? ` ${file.id}` : ''} ${verdict}`)]
}

describe('verifyManifest', () => {
  it('takes every step, tells each, and reads each file with progress', async () => {
    const told: string[] = []
    const read: string[] = []
    const input = await whole()
    const report = await verifyManifest({
      ...input,
      onStep: ({ step }) => told.push(step),
      onProgress: (each, done, total) => read.push(`${each.id} ${done}/${total}`),
    })
    expect(report.verdict).toBe('VALID')
    expect(report.manifest?.files).toHaveLength(2)
    expect(told).toEqual([
      'manifest',
      'hash',
      'seal',
      'signature',
      'text',
      'remarks',
      'outcomes',
      'files',
      'file',
      'file',
    ])
    expect(read).toEqual(['f1 8/8', 'f2 18/18'])
  })

  it('says what does not fit, and only that', async () => {
    const input = await whole()
    const other = `${input.kept.manifest.slice(0, -1)},"z":1}`
    expect(await failing({ ...input, kept: { ...input.kept, manifest: other } })).toEqual([
      'ALTERED',
      'hash altered',
      'seal altered',
      'signature altered',
    ])
    expect(await failing({ ...input, response: { ...input.response, response_text: 'x' } as never })).toEqual([
      'ALTERED',
      'text altered',
    ])
    const swapped = { ...input.response, files: [{ id: 'f2' }, { id: 'f1' }] } as never
    expect(await failing({ ...input, response: swapped })).toEqual(['ALTERED', 'files altered'])
    const refused = { ...input.response, outcomes: [{ ...outcomes[0], outcome: 'NO_DATA' }] } as never
    expect(await failing({ ...input, response: refused })).toEqual(['ALTERED', 'outcomes altered'])
    expect(
      await failing({ ...input, readFile: async ({ id }) => new Blob([id === 'f2' ? 'x' : (bytes[id] ?? '')]) }),
    ).toEqual(['ALTERED', 'file f2 altered'])
  })

  it('tells a missing key, a missing file and an unread one apart from a changed one', async () => {
    const input = await whole()
    expect(await failing({ ...input, sealKeys: [] })).toEqual(['UNKNOWN_KEY', 'seal unknown_key'])
    expect(await failing({ ...input, readFile: async () => null })).toEqual([
      'ALTERED',
      'file f1 missing',
      'file f2 missing',
    ])
    expect(await failing({ ...input, readFile: () => Promise.reject(new Error('offline')) })).toEqual([
      'INCOMPLETE',
      'file f1 unread',
      'file f2 unread',
    ])
    const unsigned = { ...input.kept, signature: null }
    expect(await failing({ ...input, kept: unsigned })).toEqual(['VALID', 'signature absent'])
  })

  it('refuses a signature under a key that has another fingerprint', async () => {
    const input = await whole()
    const signature = { ...input.kept.signature, fingerprint: '00' } as never
    expect(await failing({ ...input, kept: { ...input.kept, signature } })).toEqual(['ALTERED', 'signature altered'])
  })

  it('does not take another text for a manifest', () => {
    expect(readManifest('{}')).toBeNull()
    expect(readManifest(`${manifestText()} `)).toBeNull()
    expect(readManifest('x')).toBeNull()
  })

  it('stops when it is told to', async () => {
    const stop = new AbortController()
    const input = await whole()
    const readFile = async () => {
      stop.abort(new Error('gone'))
      throw new Error('aborted')
    }
    await expect(verifyManifest({ ...input, readFile, signal: stop.signal })).rejects.toThrow()
  })
})

describe('checkStatement', () => {
  const members = {
    type: 'lers.approval.v1',
    request_id: 'q1',
    request_number: 'N',
    version: '2',
    content_hash: 'c',
    decision: 'APPROVE',
    level: '1',
    signer: { id: 'u1', name: 'S', rank: 'SHO', badge_number: null, unit: null, tenant: { id: 't', name: 'T' } },
    on_behalf_of: null,
    comments_sha256: null,
    statement_id: 's1',
    time: '2026-11-24T08:00:00Z',
  }
  const shown = { requestId: 'q1', version: 2, userId: 'u1' }
  const issue = async (change: object) => {
    const statement = canonicalise({ ...members, ...change })
    return { statement, sha256: await digest(statement) }
  }

  it('finds nothing in the statement of what is shown', async () => {
    const checked = await checkStatement(await issue({}), shown)
    expect(checked.faults).toEqual([])
    expect(checked.statement?.signer.rank).toBe('SHO')
  })

  it('tells a statement over something else', async () => {
    const faults = async (change: object) => (await checkStatement(await issue(change), shown)).faults
    expect(await faults({ request_id: 'q2' })).toEqual(['other_request'])
    expect(await faults({ version: '3' })).toEqual(['other_version'])
    expect(await faults({ decision: 'REJECT' })).toEqual(['other_decision'])
    expect(await faults({ signer: { ...members.signer, id: 'u2' } })).toEqual(['other_signer'])
    expect(await faults({ type: 'other' })).toEqual(['not_readable'])
    const issued = await issue({})
    expect((await checkStatement({ ...issued, sha256: '0' }, shown)).faults).toEqual(['other_hash'])
    expect((await checkStatement({ ...issued, statement: ` ${issued.statement}` }, shown)).faults).toEqual([
      'other_hash',
      'not_readable',
    ])
  })
})
