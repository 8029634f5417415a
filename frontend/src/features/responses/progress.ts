/** How far all files together are. */
import type { Upload } from '~/features/files/index.ts'

export interface Progress {
  /** Files on their way or waiting; 0 when there is nothing to tell. */
  left: number
  sent: number
  total: number
}

const isMoving = ({ state }: Upload) => state === 'waiting' || state === 'checking' || state === 'sending'

export const moving = (uploads: readonly Upload[]): number => uploads.filter(isMoving).length

/** `done`: bytes of this batch that have arrived. What failed does not count: it has a row of its own that says so. */
export function progressOf(done: number, uploads: readonly Upload[], held: readonly { size: number }[]): Progress {
  const open = uploads.filter(isMoving)
  const sum = (sizes: readonly number[]) => sizes.reduce((all, size) => all + size, 0)
  return {
    left: open.length + held.length,
    sent: done + sum(open.map(({ sent, size }) => Math.min(sent, size))),
    total: done + sum(open.map(({ size }) => size)) + sum(held.map(({ size }) => size)),
  }
}
