/** Work that would stop the page from answering, done in a worker. */
import { type ChainEntry, type ChainOptions, type ChainReport, verifyChain as walk } from './chain.ts'
import workerUrl from './crypto.worker.ts?worker&url'
import { type FileHashes, hashBlob } from './file-hash.ts'
import { startWorker } from './trusted-worker.ts'
import type { News, Results, Task } from './worker-protocol.ts'

interface Watching {
  onProgress?: (done: number, total: number) => void
  signal?: AbortSignal
}

function perform<Kind extends Task['kind']>(
  task: Extract<Task, { kind: Kind }>,
  { onProgress, signal }: Watching,
): Promise<Results[Kind]> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = startWorker(workerUrl)
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', stop)
    }
    const stop = () => {
      end()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', stop, { once: true })
    worker.onmessage = ({ data }: MessageEvent<News>) => {
      if (data.type === 'progress') return onProgress?.(data.done, data.total)
      end()
      if (data.type === 'done') resolve(data.result as Results[Kind])
      else reject(new Error(data.message))
    }
    worker.onerror = (event) => {
      end()
      reject(new Error(event.message || 'The worker could not be started.'))
    }
    worker.postMessage(task)
  })
}

const noWorkers = typeof Worker === 'undefined'

/** SHA-256 and SHA-512 of a file; `onProgress` tells the bytes read. */
export async function hashFile(file: Blob, watching: Watching = {}): Promise<FileHashes> {
  if (noWorkers) return hashBlob(file, (read) => watching.onProgress?.(read, file.size))
  return perform({ kind: 'hash', file }, watching)
}

/** Verify audit entries; `onProgress` tells the entries walked. See `chain.ts` for what the options mean. */
export async function verifyAuditChain(
  entries: readonly ChainEntry[],
  { whole, heads, ...watching }: Omit<ChainOptions, 'onProgress'> & Watching = {},
): Promise<ChainReport> {
  if (noWorkers) return walk(entries, { whole, heads, onProgress: watching.onProgress })
  // Only what is verified crosses over: copying whole rows would cost more than the hashing.
  const bare = entries.map(({ chain, seq, canonical, prev_hash, hash }) => ({ chain, seq, canonical, prev_hash, hash }))
  return perform({ kind: 'chain', entries: bare, options: { whole, heads } }, watching)
}
