/** Hashes, as LERS writes them: hexadecimal, of UTF-8. */
import { type Bytes, toHex, utf8 } from './bytes.ts'

export type HashName = 'SHA-256' | 'SHA-512'

export async function digest(data: Bytes | string, name: HashName = 'SHA-256'): Promise<string> {
  const bytes = typeof data === 'string' ? utf8(data) : data
  return toHex(new Uint8Array(await crypto.subtle.digest(name, bytes)))
}
