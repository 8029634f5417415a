/** A response held against its manifest, step by step, in the reader's own browser. */
import { verifySignature } from './algorithms.ts'
import { digest } from './digest.ts'
import type { FileHashes } from './file-hash.ts'
import { fingerprintOf } from './fingerprint.ts'
import { hashFile } from './in-worker.ts'
import { readCanonical } from './jcs.ts'
import { type Seal, type SealKey, verifySeal } from './seal.ts'

export interface ManifestFile {
  id: string
  name: string
  size: number
  media_type: string
  sha256: string
  sha512: string
}

export interface Manifest {
  type: 'lers.response-manifest.v1'
  response_number: string
  request_id: string
  request_number: string
  request_content_hash: string
  agency: { id: string; name: string | null }
  provider: { id: string; name: string | null }
  submitted_by: { id: string; name: string; rank: string | null; badge_number: string | null; unit: string | null }
  submitted_at: string
  is_partial: boolean
  response_text_sha256: string | null
  remarks_sha256: string | null
  outcomes: { identifier_id: string; outcome: string; reason_code: string | null }[]
  files: ManifestFile[]
  statement_id?: string
}

export interface PersonalSignature {
  algorithm: string
  fingerprint: string
  value: string
  /** SPKI in base64; without it the signature cannot be judged here. */
  public_key?: string | null
}

export type StepName = 'manifest' | 'hash' | 'seal' | 'signature' | 'text' | 'remarks' | 'outcomes' | 'files' | 'file'
/** `absent`: there is nothing to judge (no personal signature, say). `unread`: the bytes could not be had. */
export type StepVerdict = 'valid' | 'altered' | 'unknown_key' | 'absent' | 'missing' | 'unread'

export interface Step {
  step: StepName
  verdict: StepVerdict
  /** The file that the step is about. */
  file?: ManifestFile
  expected?: string
  found?: string
}

export interface ManifestReport {
  /** `ALTERED` as soon as one step fails; `UNKNOWN_KEY` or `INCOMPLETE` when one could not be taken. */
  verdict: 'VALID' | 'ALTERED' | 'UNKNOWN_KEY' | 'INCOMPLETE'
  manifest: Manifest | null
  steps: Step[]
}

export interface ManifestInput {
  /** As `GET /lers/responses/:id/manifest/` answers. */
  kept: { manifest: string; sha256: string; seal: Seal; signature?: PersonalSignature | null }
  /** As `GET /lers/responses/:id/` answers; without it only the manifest and its files are judged. */
  response?: {
    response_text?: string | null
    remarks?: string | null
    outcomes: readonly { identifier_id: string; outcome: string; reason_code?: string | null }[]
    files: readonly { id: string }[]
  }
  sealKeys: readonly SealKey[]
  /** The bytes of a file; null when they cannot be had (not clean, gone). Without it files are not read. */
  readFile?: (file: ManifestFile) => Promise<Blob | null>
  onStep?: (step: Step) => void
  onProgress?: (file: ManifestFile, read: number, total: number) => void
  signal?: AbortSignal
}

/** Verify a manifest and everything it stands for. Each step is told as soon as it is taken. */
export async function verifyManifest(input: ManifestInput): Promise<ManifestReport> {
  const steps: Step[] = []
  const take = (step: Step) => {
    steps.push(step)
    input.onStep?.(step)
  }
  const { kept } = input
  const manifest = readManifest(kept.manifest)
  take({ step: 'manifest', verdict: manifest ? 'valid' : 'altered' })
  const found = await digest(kept.manifest)
  take({ step: 'hash', verdict: same(kept.sha256, found), expected: kept.sha256, found })
  take({ step: 'seal', verdict: await verifySeal(kept.manifest, kept.seal, input.sealKeys), expected: kept.seal.kid })
  take(await signatureStep(kept.manifest, kept.signature ?? null))
  if (manifest && input.response) for (const step of await responseSteps(manifest, input.response)) take(step)
  if (manifest && input.readFile) for (const file of manifest.files) take(await fileStep(file, input))
  return { verdict: verdictOf(steps), manifest, steps }
}

export function readManifest(text: string): Manifest | null {
  const value = readCanonical(text) as Manifest | null
  const whole = value?.type === 'lers.response-manifest.v1' && Array.isArray(value.files)
  return whole && Array.isArray(value.outcomes) ? value : null
}

const same = (expected: string, found: string): StepVerdict => (expected === found ? 'valid' : 'altered')

/** Judge a personal signature by the public key that was kept beside it. */
export async function signatureStep(statement: string, signature: PersonalSignature | null): Promise<Step> {
  if (!signature) return { step: 'signature', verdict: 'absent' }
  const { algorithm, public_key, value, fingerprint: expected } = signature
  if (!public_key) return { step: 'signature', verdict: 'unknown_key', expected }
  const found = await fingerprintOf(public_key).catch(() => '')
  const fits = found === expected && (await verifySignature(algorithm, public_key, value, statement))
  return { step: 'signature', verdict: fits ? 'valid' : 'altered', expected, found }
}

async function responseSteps(manifest: Manifest, response: NonNullable<ManifestInput['response']>): Promise<Step[]> {
  const [text, remarks] = await Promise.all([textDigest(response.response_text), textDigest(response.remarks)])
  const outcome = (each: (typeof response.outcomes)[number]) =>
    `${each.identifier_id} ${each.outcome} ${each.reason_code ?? ''}`
  const said = manifest.outcomes.map(outcome).join('\n')
  const ids = (files: readonly { id: string }[]) => files.map(({ id }) => id).join(' ')
  return [
    { step: 'text', verdict: same(manifest.response_text_sha256 ?? '', text) },
    { step: 'remarks', verdict: same(manifest.remarks_sha256 ?? '', remarks) },
    { step: 'outcomes', verdict: same(said, response.outcomes.map(outcome).join('\n')) },
    { step: 'files', verdict: same(ids(manifest.files), ids(response.files)) },
  ]
}

const textDigest = async (text: string | null | undefined): Promise<string> => (text ? digest(text) : '')

async function fileStep(file: ManifestFile, input: ManifestInput): Promise<Step> {
  const { readFile, onProgress, signal } = input
  let hashes: FileHashes
  try {
    const bytes = await readFile?.(file)
    if (!bytes) return { step: 'file', verdict: 'missing', file, expected: file.sha256 }
    hashes = await hashFile(bytes, { signal, onProgress: (read, total) => onProgress?.(file, read, total) })
  } catch (error) {
    if (signal?.aborted) throw error
    return { step: 'file', verdict: 'unread', file, expected: file.sha256 }
  }
  const whole = hashes.size === file.size && hashes.sha256 === file.sha256 && hashes.sha512 === file.sha512
  return { step: 'file', verdict: whole ? 'valid' : 'altered', file, expected: file.sha256, found: hashes.sha256 }
}

function verdictOf(steps: readonly Step[]): ManifestReport['verdict'] {
  const any = (...verdicts: StepVerdict[]) => steps.some(({ verdict }) => verdicts.includes(verdict))
  if (any('altered', 'missing')) return 'ALTERED'
  if (steps.some(({ step, verdict }) => step === 'seal' && verdict === 'unknown_key')) return 'UNKNOWN_KEY'
  return any('unread', 'unknown_key') ? 'INCOMPLETE' : 'VALID'
}
