/** What two people compare to know that they mean the same key: the SHA-256 of its SPKI, as hex and as words. */
import { type Bytes, fromBase64, fromHex } from './bytes.ts'
import { digest } from './digest.ts'
import { WORDS } from './words.ts'

const SPOKEN = 12

/** The fingerprint as the API writes it: SHA-256 of the SubjectPublicKeyInfo, in hex. */
export const fingerprintOf = (spki: Bytes | string): Promise<string> =>
  digest(typeof spki === 'string' ? fromBase64(spki) : spki)

/** `AB12 CD34 …`: all 32 bytes in groups that the eye can follow. */
export const fingerprintGroups = (fingerprint: string): string =>
  (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')

/** `AB:12:CD:34`: the first bytes, enough to recognise one's own key. */
export const fingerprintShort = (fingerprint: string, bytes = 6): string =>
  (
    fingerprint
      .slice(0, 2 * bytes)
      .toUpperCase()
      .match(/../g) ?? []
  ).join(':')

/** The first 96 bits as twelve words, to be read out on the telephone. */
export const fingerprintWords = (fingerprint: string): string[] =>
  Array.from(fromHex(fingerprint).subarray(0, SPOKEN), (byte) => WORDS[byte] as string)
