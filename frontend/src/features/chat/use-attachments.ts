/** The files of a draft: those that are there, with what the scan says, and those on their way. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { publicConfig } from '~/api/index.ts'
import { fileQuery, useUploads } from '~/features/files/index.ts'
import type { Attached } from '~/realtime/index.ts'
import type { Draft } from './drafts.ts'

const DEFAULT_MOST = 50 * 1024 * 1024
/** The server takes this many with one message. */
const MOST_FILES = 10

export interface AttachedFile extends Attached {
  /** What the scan says; undefined while it is not known. */
  scan: string | undefined
}

export function useAttachments(files: readonly Attached[], keep: (change: (before: Draft) => Draft) => void) {
  const config = useQuery(publicConfig)
  const scans = useQueries({ queries: files.map(({ id }) => fileQuery(id)) })
  const { uploads, add, retry, remove } = useUploads({
    purpose: 'CHAT',
    mostBytes: config.data?.max_file_bytes ?? DEFAULT_MOST,
    onUploaded: ({ id, filename, size }) =>
      keep((before) => ({ ...before, files: [...before.files, { id, filename, size }] })),
  })
  const room = MOST_FILES - files.length - uploads.length
  const attach = useCallback((found: readonly File[]) => add(found.slice(0, Math.max(0, room))), [add, room])
  const detach = useCallback(
    (id: string) => keep((before) => ({ ...before, files: before.files.filter((file) => file.id !== id) })),
    [keep],
  )
  const attached = files.map((file, at): AttachedFile => ({ ...file, scan: scans[at]?.data?.scan_status }))
  return { attached, attach, detach, full: room <= 0, uploads, retry, remove }
}
