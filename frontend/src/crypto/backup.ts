/** A signing key in a file, under a passphrase: PBKDF2 and AES-GCM, the header bound to the content. */
import { type Algorithm, importPrivate, isAlgorithm, signStatement, verifySignature } from './algorithms.ts'
import { type Bytes, fromBase64, toBase64, utf8 } from './bytes.ts'
import { fingerprintOf } from './fingerprint.ts'
import { canonicalise } from './jcs.ts'

const FORMAT = 'lers-signing-key'
const ITERATIONS = 600_000
const SALT_BYTES = 16
const IV_BYTES = 12
/** Short passphrases are guessed offline, at leisure: the file may lie anywhere. */
export const MIN_PASSPHRASE = 12

interface Header {
  format: typeof FORMAT
  v: 1
  owner: { id: string; name: string; email: string }
  key_id: string
  algorithm: Algorithm
  fingerprint: string
  public_key: string
  created_at: string
  kdf: { name: 'PBKDF2-SHA-256'; iterations: number; salt: string }
  cipher: { name: 'A256GCM'; iv: string }
}

export interface BackupFile extends Header {
  data: string
}

export type BackupFault = 'not_a_backup' | 'wrong_passphrase' | 'damaged'

/** Why a backup could not be made use of. */
export class BackupError extends Error {
  readonly fault: BackupFault

  constructor(fault: BackupFault) {
    super(fault)
    this.name = 'BackupError'
    this.fault = fault
  }
}

async function wrappingKey(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  // The same passphrase may come from another keyboard in another Unicode form.
  const secret = utf8(passphrase.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

const bound = (header: Header): Bytes => utf8(canonicalise(header as never))

export type BackupSubject = Pick<BackupFile, 'owner' | 'key_id' | 'algorithm' | 'fingerprint' | 'public_key'> & {
  pkcs8: Bytes
}

/** Wrap a private key. The header stands in clear and cannot be changed without being noticed. */
export async function makeBackup({ pkcs8, ...subject }: BackupSubject, passphrase: string): Promise<BackupFile> {
  const salt = random(SALT_BYTES)
  const iv = random(IV_BYTES)
  const header: Header = {
    format: FORMAT,
    v: 1,
    ...subject,
    created_at: new Date().toISOString(),
    kdf: { name: 'PBKDF2-SHA-256', iterations: ITERATIONS, salt: toBase64(salt) },
    cipher: { name: 'A256GCM', iv: toBase64(iv) },
  }
  const key = await wrappingKey(passphrase, salt, ITERATIONS)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound(header) }, key, pkcs8)
  return { ...header, data: toBase64(new Uint8Array(data)) }
}

export const backupText = (backup: BackupFile): string => `${JSON.stringify(backup, null, 2)}\n`

/** Read a backup's header; throws `not_a_backup`. */
export function readBackup(text: string): BackupFile {
  try {
    const found = JSON.parse(text) as BackupFile
    const whole =
      found.format === FORMAT &&
      found.v === 1 &&
      isAlgorithm(found.algorithm) &&
      found.kdf.name === 'PBKDF2-SHA-256' &&
      found.cipher.name === 'A256GCM' &&
      [found.data, found.public_key, found.fingerprint, found.key_id, found.owner.id, found.kdf.salt].every(
        (value) => typeof value === 'string',
      )
    if (whole) return found
  } catch {
    // What cannot be read is none.
  }
  throw new BackupError('not_a_backup')
}

const TRIAL = 'lers.signing-key-test.v1'

/** Unwrap a backup's private key, and prove by a test signature that it belongs to its public key. */
export async function openBackup(backup: BackupFile, passphrase: string): Promise<CryptoKey> {
  const { data, ...header } = backup
  let pkcs8: Bytes
  try {
    // A file that demands a billion rounds would hang the page.
    if (backup.kdf.iterations > 10 * ITERATIONS) throw new BackupError('not_a_backup')
    const key = await wrappingKey(passphrase, fromBase64(backup.kdf.salt), backup.kdf.iterations)
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: fromBase64(backup.cipher.iv), additionalData: bound(header) },
      key,
      fromBase64(data),
    )
    pkcs8 = new Uint8Array(opened)
  } catch (error) {
    throw error instanceof BackupError ? error : new BackupError('wrong_passphrase')
  }
  const privateKey = await importPrivate(backup.algorithm, pkcs8).catch(() => {
    throw new BackupError('damaged')
  })
  pkcs8.fill(0)
  if (!(await fits(privateKey, backup))) throw new BackupError('damaged')
  return privateKey
}

/** Whether a private key signs for a public key, and that one has the fingerprint it is said to have. */
export async function fits(
  privateKey: CryptoKey,
  { algorithm, public_key, fingerprint }: Pick<BackupFile, 'algorithm' | 'public_key' | 'fingerprint'>,
): Promise<boolean> {
  if ((await fingerprintOf(public_key)) !== fingerprint) return false
  return verifySignature(algorithm, public_key, await signStatement(algorithm, privateKey, TRIAL), TRIAL)
}
