/** The server's seal: Ed25519 over `"LERS-SEAL-v1" 0x00` and the statement. */
import { verifySignature } from './algorithms.ts'
import { concat, utf8 } from './bytes.ts'

const DOMAIN = utf8('LERS-SEAL-v1\0')

export interface Seal {
  kid: string
  value: string
}

export interface SealKey {
  kid: string
  public_key: string
}

/** `unknown_key`: the seal cannot be judged, as nobody gave the key that it names. */
export type SealVerdict = 'valid' | 'altered' | 'unknown_key'

export async function verifySeal(statement: string, seal: Seal, keys: readonly SealKey[]): Promise<SealVerdict> {
  const key = keys.find(({ kid }) => kid === seal.kid)
  if (!key) return 'unknown_key'
  const message = concat(DOMAIN, utf8(statement))
  return (await verifySignature('Ed25519', key.public_key, seal.value, message)) ? 'valid' : 'altered'
}
