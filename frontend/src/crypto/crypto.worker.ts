/** Hashes files and walks chains off the page's thread. One worker, one task: to stop it, end the worker. */
import { verifyChain } from './chain.ts'
import { hashBlob } from './file-hash.ts'
import type { News, Results, Task } from './worker-protocol.ts'

const tell = (news: News) => globalThis.postMessage(news)
const progress = (done: number, total: number) => tell({ type: 'progress', done, total })

function perform(task: Task): Promise<Results[Task['kind']]> {
  if (task.kind === 'hash') return hashBlob(task.file, (read) => progress(read, task.file.size))
  return verifyChain(task.entries, { ...task.options, onProgress: progress })
}

globalThis.onmessage = async ({ data }: MessageEvent<Task>) => {
  try {
    tell({ type: 'done', result: await perform(data) })
  } catch (error) {
    tell({ type: 'failed', message: String(error) })
  }
}
