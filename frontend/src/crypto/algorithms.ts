/** The signature algorithms of LERS by the API's names: make, read, sign, verify. */
import { type Bytes, fromBase64, toBase64, utf8 } from './bytes.ts'

export type Algorithm = 'Ed25519' | 'ES256' | 'RS256' | 'PS256'

interface Scheme {
  key: AlgorithmIdentifier | EcKeyImportParams | RsaHashedImportParams
  sign: AlgorithmIdentifier | EcdsaParams | RsaPssParams
}

const SCHEMES: Record<Algorithm, Scheme> = {
  Ed25519: { key: { name: 'Ed25519' }, sign: { name: 'Ed25519' } },
  ES256: { key: { name: 'ECDSA', namedCurve: 'P-256' }, sign: { name: 'ECDSA', hash: 'SHA-256' } },
  RS256: { key: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }, sign: { name: 'RSASSA-PKCS1-v1_5' } },
  PS256: { key: { name: 'RSA-PSS', hash: 'SHA-256' }, sign: { name: 'RSA-PSS', saltLength: 32 } },
}

export const isAlgorithm = (name: string): name is Algorithm => name in SCHEMES

export interface KeyPair {
  algorithm: Algorithm
  privateKey: CryptoKey
  /** The SubjectPublicKeyInfo: what the server keeps, and what the fingerprint is made of. */
  spki: Bytes
}

/** Make a pair: Ed25519 where the browser has it, ECDSA over P-256 elsewhere. */
export async function generatePair(extractable: boolean): Promise<KeyPair> {
  const pair = await generate('Ed25519', extractable).catch(() => generate('ES256', extractable))
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.keys.publicKey))
  return { algorithm: pair.algorithm, privateKey: pair.keys.privateKey, spki }
}

async function generate(algorithm: Algorithm, extractable: boolean) {
  const keys = await crypto.subtle.generateKey(SCHEMES[algorithm].key, extractable, ['sign', 'verify'])
  return { algorithm, keys: keys as CryptoKeyPair }
}

export const exportPrivate = async (key: CryptoKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))

/** A private key that can sign, and that no script can read again. */
export const importPrivate = (algorithm: Algorithm, pkcs8: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', pkcs8, SCHEMES[algorithm].key, false, ['sign'])

/** Sign the UTF-8 bytes of a statement, nothing before and nothing after them; base64, as the API takes it. */
export async function signStatement(algorithm: Algorithm, key: CryptoKey, statement: string): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.sign(SCHEMES[algorithm].sign, key, utf8(statement))))
}

/** Whether a signature (base64 or base64url) fits exactly these bytes. What cannot be read does not fit. */
export async function verifySignature(
  algorithm: string,
  publicKey: string,
  value: string,
  message: Bytes | string,
): Promise<boolean> {
  if (!isAlgorithm(algorithm)) return false
  const scheme = SCHEMES[algorithm]
  try {
    const key = await crypto.subtle.importKey('spki', fromBase64(publicKey), scheme.key, false, ['verify'])
    const raw = algorithm === 'ES256' ? asRaw(fromBase64(value)) : fromBase64(value)
    return await crypto.subtle.verify(scheme.sign, key, raw, typeof message === 'string' ? utf8(message) : message)
  } catch {
    return false
  }
}

const P256 = 32

/** `r || s` of an ECDSA signature, which the API takes as DER too. */
function asRaw(signature: Bytes): Bytes {
  if (signature.length === 2 * P256 || signature[0] !== 0x30) return signature
  const raw = new Uint8Array(2 * P256)
  let at = 2
  for (const end of [P256, 2 * P256]) {
    const length = signature[at + 1] ?? 0
    const number = signature.subarray(at + 2, at + 2 + length)
    const trimmed = number[0] === 0 ? number.subarray(1) : number
    raw.set(trimmed, end - trimmed.length)
    at += 2 + length
  }
  return raw
}
