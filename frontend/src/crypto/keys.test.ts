import { generateKeyPairSync, sign as nodeSign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { exportPrivate, generatePair, signStatement, verifySignature } from './algorithms.ts'
import { BackupError, backupText, makeBackup, openBackup, readBackup } from './backup.ts'
import { fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts'
import { fingerprintGroups, fingerprintOf, fingerprintShort, fingerprintWords } from './fingerprint.ts'
import { memoryKeys } from './keystore.ts'
import { verifySeal } from './seal.ts'
import {
  giveSignature,
  makeSigningKey,
  type Registry,
  restoreSigningKey,
  type ServerKey,
  usableKey,
} from './signing-keys.ts'
import { WORDS } from './words.ts'

const owner = { id: 'u1', name: 'Sunita Pawar', email: 'sho@example.test' }
const passphrase = 'correct horse battery'

/** A server that keeps public keys as the real one does. */
function directory() {
  const kept: ServerKey[] = []
  const server: Registry = {
    async add(public_key, algorithm, label) {
      const key: ServerKey = {
        id: `k${kept.length + 1}`,
        use: 'SIGNING',
        algorithm,
        public_key,
        label,
        fingerprint: await fingerprintOf(public_key),
        created_at: `2026-11-2${kept.length}T08:00:00Z`,
        revoked_at: null,
        version: 1,
        abilities: { revoke: true },
      }
      kept.push(key)
      return key
    },
    async revoke(id) {
      for (const key of kept) if (key.id === id) key.revoked_at = '2026-11-24T09:00:00Z'
    },
  }
  return { kept, server }
}

describe('bytes', () => {
  it('goes both ways through hex and base64, in either alphabet', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n)
    expect(fromHex(toHex(bytes))).toEqual(bytes)
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
    expect(fromBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes)
    expect(() => fromHex('abc')).toThrow(RangeError)
  })
})

describe('signatures', () => {
  it('are verified as another implementation made them, and not over other bytes', async () => {
    const statement = '{"a":"हस्ताक्षर"}'
    const made = {
      Ed25519: [generateKeyPairSync('ed25519'), null, undefined],
      ES256: [generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'sha256', undefined],
      RS256: [generateKeyPairSync('rsa', { modulusLength: 2048 }), 'sha256', undefined],
    } as const
    for (const [name, [pair, hash]] of Object.entries(made)) {
      const spki = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
      // ECDSA is DER here: what a browser does not make, but the API takes.
      const value = nodeSign(hash, Buffer.from(statement), pair.privateKey).toString('base64url')
      expect(await verifySignature(name, spki, value, statement), name).toBe(true)
      expect(await verifySignature(name, spki, value, `${statement} `), name).toBe(false)
    }
  })

  it('of this browser verify, and garbage does not', async () => {
    const pair = await generatePair(false)
    const spki = toBase64(pair.spki)
    const value = await signStatement(pair.algorithm, pair.privateKey, 'x')
    expect(await verifySignature(pair.algorithm, spki, value, 'x')).toBe(true)
    expect(await verifySignature(pair.algorithm, spki, '!', 'x')).toBe(false)
    expect(await verifySignature(pair.algorithm, 'AAAA', value, 'x')).toBe(false)
    expect(await verifySignature('none', spki, value, 'x')).toBe(false)
    await expect(exportPrivate(pair.privateKey)).rejects.toThrow()
  })
})

describe('seals', () => {
  it('stand over the domain and the statement', async () => {
    const pair = generateKeyPairSync('ed25519')
    const public_key = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    const value = nodeSign(null, Buffer.from(utf8('LERS-SEAL-v1\0{}')), pair.privateKey).toString('base64url')
    const keys = [{ kid: 'seal-1', public_key }]
    expect(await verifySeal('{}', { kid: 'seal-1', value }, keys)).toBe('valid')
    expect(await verifySeal('{ }', { kid: 'seal-1', value }, keys)).toBe('altered')
    expect(await verifySeal('{}', { kid: 'seal-2', value }, keys)).toBe('unknown_key')
  })
})

describe('fingerprints', () => {
  it('are the SHA-256 of the SPKI, as hex and as words of one byte each', async () => {
    const spki = fromBase64('MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=')
    const hex = await fingerprintOf(spki)
    expect(hex).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprintGroups(hex)).toHaveLength(64 + 15)
    expect(fingerprintShort(hex)).toBe((hex.slice(0, 12).toUpperCase().match(/../g) ?? []).join(':'))
    expect(fingerprintWords(hex).map((word) => WORDS.indexOf(word))).toEqual([...fromHex(hex).subarray(0, 12)])
    expect(new Set(WORDS).size).toBe(256)
  })
})

describe('a signing key', () => {
  it('is made without a backup, cannot be read, and signs what the server issued', async () => {
    const { kept, server } = directory()
    const keys = memoryKeys()
    const { key, backup } = await makeSigningKey({ owner, label: 'Office PC', keys, server })
    expect(backup).toBeNull()
    expect(key.privateKey.extractable).toBe(false)
    expect(await keys.of('u1')).toEqual([key])
    expect(await keys.of('u2')).toEqual([])
    const given = await giveSignature(key, { statement_id: 's1', statement: '{"a":1}' })
    expect(given).toMatchObject({ statement_id: 's1', key_id: 'k1', algorithm: key.algorithm })
    expect(await verifySignature(key.algorithm, kept[0]?.public_key ?? '', given.value, '{"a":1}')).toBe(true)
  })

  it('comes back from its backup, and no longer from a changed one or with other words', async () => {
    const { kept, server } = directory()
    const made = await makeSigningKey({ owner, label: 'PC', passphrase, keys: memoryKeys(), server })
    expect(made.key.privateKey.extractable).toBe(false)
    const backup = readBackup(backupText(made.backup as never))
    const elsewhere = memoryKeys()
    const restored = await restoreSigningKey(backup, passphrase, kept[0] as ServerKey, 'u1', elsewhere)
    expect(restored.privateKey.extractable).toBe(false)
    expect(await elsewhere.of('u1')).toHaveLength(1)
    await expect(openBackup(backup, 'correct horse batterz')).rejects.toMatchObject({ fault: 'wrong_passphrase' })
    const renamed = { ...backup, owner: { ...owner, name: 'Somebody else' } }
    await expect(openBackup(renamed, passphrase)).rejects.toMatchObject({ fault: 'wrong_passphrase' })
  })

  it('is not taken from a backup whose halves do not belong together', async () => {
    const [one, other] = await Promise.all([generatePair(true), generatePair(true)])
    const backup = await makeBackup(
      {
        pkcs8: await exportPrivate(one.privateKey),
        owner,
        key_id: 'k1',
        algorithm: one.algorithm,
        public_key: toBase64(other.spki),
        fingerprint: await fingerprintOf(other.spki),
      },
      passphrase,
    )
    await expect(openBackup(backup, passphrase)).rejects.toMatchObject({ fault: 'damaged' })
  })

  it('is refused from a file that is no backup, or asks for endless rounds', async () => {
    for (const text of ['', '{}', '[]', 'null', '{"format":"lers-signing-key","v":2}']) {
      expect(() => readBackup(text), text).toThrow(BackupError)
    }
    const { server } = directory()
    const { backup } = await makeSigningKey({ owner, label: 'PC', passphrase, keys: memoryKeys(), server })
    const endless = { ...backup, kdf: { ...backup?.kdf, iterations: 1e12 } }
    await expect(openBackup(endless as never, passphrase)).rejects.toMatchObject({ fault: 'not_a_backup' })
  })

  it('is revoked again when this browser cannot keep it', async () => {
    const { kept, server } = directory()
    const full = { ...memoryKeys(), put: () => Promise.reject(new DOMException('no room', 'QuotaExceededError')) }
    await expect(makeSigningKey({ owner, label: 'PC', keys: full, server })).rejects.toThrow('no room')
    expect(kept[0]?.revoked_at).not.toBeNull()
  })

  it('is usable only while the server knows it as living; the newest first', async () => {
    const { kept, server } = directory()
    const keys = memoryKeys()
    await makeSigningKey({ owner, label: 'old', keys, server })
    await makeSigningKey({ owner, label: 'new', keys, server })
    const stored = await keys.of('u1')
    expect(usableKey(stored, kept)?.keyId).toBe('k2')
    await server.revoke('k2')
    expect(usableKey(stored, kept)?.keyId).toBe('k1')
    expect(usableKey(stored, [])).toBeNull()
  })
})
