/** The files of a response on their way: three at a time, and none while it is paused. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type FileRow, publicConfig } from '~/api/index.ts'
import { type Upload, useUploads } from '~/features/files/index.ts'
import { moving, type Progress, progressOf } from './progress.ts'

const AT_ONCE = 3
const DEFAULT_MOST = 50 * 1024 * 1024

export interface Held {
  id: string
  file: File
}

export interface Sending {
  uploads: readonly Upload[]
  /** Chosen, and not handed over yet. */
  held: readonly Held[]
  progress: Progress
  paused: boolean
  mostBytes: number
  /** Files that did not arrive, whether they are on their way or failed. */
  unsent: number
  add: (files: readonly File[]) => void
  pause: (paused: boolean) => void
  retry: (id: number) => void
  remove: (id: number | string) => void
}

let lastHeld = 0

export function useSending(onUploaded: (file: FileRow, sha256: string) => void): Sending {
  const config = useQuery(publicConfig)
  const mostBytes = config.data?.max_file_bytes ?? DEFAULT_MOST
  const [held, setHeld] = useState<readonly Held[]>([])
  const [paused, setPaused] = useState(false)
  const [done, setDone] = useState(0)
  const { uploads, add, retry, remove } = useUploads({
    purpose: 'RESPONSE',
    mostBytes,
    onUploaded: (row, sha256) => {
      setDone((bytes) => bytes + row.size)
      onUploaded(row, sha256)
    },
  })
  const progress = progressOf(
    done,
    uploads,
    held.map(({ file }) => file),
  )
  const room = paused ? 0 : AT_ONCE - moving(uploads)
  useEffect(() => {
    if (room <= 0 || held.length === 0) return
    add(held.slice(0, room).map(({ file }) => file))
    setHeld(held.slice(room))
  }, [room, held, add])
  useLeaveWarning(progress.left > 0)
  return {
    uploads,
    held,
    progress,
    paused,
    mostBytes,
    unsent: uploads.length + held.length,
    add: (files) => {
      if (progress.left === 0) setDone(0)
      const added = files.map((file): Held => {
        lastHeld += 1
        return { id: `held-${lastHeld}`, file }
      })
      setHeld((all) => [...all, ...added])
    },
    pause: setPaused,
    retry,
    remove: (id) => {
      if (typeof id === 'number') remove(id)
      else setHeld((all) => all.filter((each) => each.id !== id))
    },
  }
}

/** What is on its way does not survive the window; what has arrived does. */
function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [active])
}
