/** The hashes of a file. It is read piece by piece, so that there is progress to tell; WebCrypto then takes it whole. */
import { toHex } from './bytes.ts'

export interface FileHashes {
  sha256: string
  sha512: string
  size: number
}

/** Read a file and hash it. Call it in a worker for anything that is not small. */
export async function hashBlob(file: Blob, onProgress?: (read: number) => void): Promise<FileHashes> {
  const whole = new Uint8Array(file.size)
  let at = 0
  for await (const piece of pieces(file)) {
    whole.set(piece, at)
    at += piece.length
    onProgress?.(at)
  }
  const [sha256, sha512] = await Promise.all(
    ['SHA-256', 'SHA-512'].map(async (name) => toHex(new Uint8Array(await crypto.subtle.digest(name, whole)))),
  )
  return { sha256: sha256 as string, sha512: sha512 as string, size: at }
}

async function* pieces(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
