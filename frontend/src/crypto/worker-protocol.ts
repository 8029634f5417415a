/** What is said between a page and its crypto worker. */
import type { ChainEntry, ChainOptions, ChainReport } from './chain.ts'
import type { FileHashes } from './file-hash.ts'

export type Task =
  | { kind: 'hash'; file: Blob }
  | { kind: 'chain'; entries: readonly ChainEntry[]; options: Omit<ChainOptions, 'onProgress'> }

export interface Results {
  hash: FileHashes
  chain: ChainReport
}

export type News =
  | { type: 'progress'; done: number; total: number }
  | { type: 'done'; result: FileHashes | ChainReport }
  | { type: 'failed'; message: string }
