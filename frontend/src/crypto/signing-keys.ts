/** The life of a personal signing key: made here, registered with the server, used here, restored from a backup. */
import { api, call, idempotencyKey, type Schema } from '~/api/index.ts'
import { exportPrivate, generatePair, importPrivate, signStatement } from './algorithms.ts'
import { type BackupFile, makeBackup, openBackup } from './backup.ts'
import { toBase64 } from './bytes.ts'
import { fingerprintOf } from './fingerprint.ts'
import { browserKeys, type KeyStore, type StoredKey } from './keystore.ts'

export type ServerKey = Schema<'KeyOut'>

export interface Owner {
  id: string
  name: string
  email: string
}

/** What an act sends with itself when it was signed. */
export interface GivenSignature {
  statement_id: string
  key_id: string
  algorithm: StoredKey['algorithm']
  value: string
}

/** The server's way with public keys; tests have their own. */
export interface Registry {
  add(publicKey: string, algorithm: string, label: string): Promise<ServerKey>
  revoke(keyId: string): Promise<void>
}

export const registry: Registry = {
  add: (public_key, algorithm, label) =>
    call(
      api.POST('/api/v1/auth/keys/', {
        params: { header: { 'Idempotency-Key': idempotencyKey() } },
        body: { use: 'SIGNING', public_key, algorithm, label },
      }),
    ),
  revoke: async (key_id) => {
    await call(api.DELETE('/api/v1/auth/keys/{key_id}/', { params: { path: { key_id } } }))
  },
}

interface Making {
  owner: Owner
  label: string
  /** With a passphrase the key is wrapped into a backup before it becomes unreadable: there is no later chance. */
  passphrase?: string
  keys?: KeyStore
  server?: Registry
}

/** Make a signing key, register its public half, keep the private one in this browser. */
export async function makeSigningKey({
  owner,
  label,
  passphrase,
  keys = browserKeys,
  server = registry,
}: Making): Promise<{ key: StoredKey; backup: BackupFile | null }> {
  const pair = await generatePair(passphrase !== undefined)
  const publicKey = toBase64(pair.spki)
  const fingerprint = await fingerprintOf(pair.spki)
  const known = await server.add(publicKey, pair.algorithm, label)
  try {
    if (known.fingerprint !== fingerprint) throw new Error('The server keeps another key than the one it was sent.')
    const subject = { algorithm: pair.algorithm, fingerprint, public_key: publicKey, key_id: known.id }
    let backup: BackupFile | null = null
    let privateKey = pair.privateKey
    if (passphrase !== undefined) {
      const pkcs8 = await exportPrivate(pair.privateKey)
      backup = await makeBackup({ ...subject, owner, pkcs8 }, passphrase)
      privateKey = await importPrivate(pair.algorithm, pkcs8)
      pkcs8.fill(0)
    }
    const key: StoredKey = {
      keyId: known.id,
      userId: owner.id,
      algorithm: pair.algorithm,
      fingerprint,
      publicKey,
      privateKey,
      createdAt: known.created_at,
    }
    await keys.put(key)
    return { key, backup }
  } catch (error) {
    // A key that nobody holds must not stand in the directory as living.
    await server.revoke(known.id).catch(() => undefined)
    throw error
  }
}

/** Put a backup's key into this browser, after a test signature. The server must know its public half as living. */
export async function restoreSigningKey(
  backup: BackupFile,
  passphrase: string,
  known: ServerKey,
  userId: string,
  keys: KeyStore = browserKeys,
): Promise<StoredKey> {
  const privateKey = await openBackup(backup, passphrase)
  const key: StoredKey = {
    keyId: known.id,
    userId,
    algorithm: backup.algorithm,
    fingerprint: backup.fingerprint,
    publicKey: backup.public_key,
    privateKey,
    createdAt: known.created_at,
  }
  await keys.put(key)
  return key
}

/** Sign a statement that the server issued; the answer goes into the body of the act as `signature`. */
export async function giveSignature(
  key: StoredKey,
  issued: { statement_id: string; statement: string },
): Promise<GivenSignature> {
  return {
    statement_id: issued.statement_id,
    key_id: key.keyId,
    algorithm: key.algorithm,
    value: await signStatement(key.algorithm, key.privateKey, issued.statement),
  }
}

/** The key of this browser that the server takes at this moment; the newest when there are several. */
export function usableKey(stored: readonly StoredKey[], known: readonly ServerKey[]): StoredKey | null {
  const living = new Map(known.filter((key) => !key.revoked_at && key.use === 'SIGNING').map((key) => [key.id, key]))
  const usable = stored.filter((key) => living.get(key.keyId)?.fingerprint === key.fingerprint)
  return usable.sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0] ?? null
}
