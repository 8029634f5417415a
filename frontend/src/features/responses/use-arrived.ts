/** The files of the draft as the server has them now; asked about again while they are scanned. */
import { useQueries } from '@tanstack/react-query'
import type { FileRow } from '~/api/index.ts'
import { fileQuery } from '~/features/files/index.ts'
import type { FileState } from './body.ts'
import type { DraftFile } from './draft.ts'

export interface ArrivedFile {
  id: string
  /** The SHA-256 that was computed here before it was sent. */
  local: string
  row?: FileRow
  error: unknown
}

export function useArrived(files: readonly DraftFile[]): ArrivedFile[] {
  const queries = useQueries({ queries: files.map(({ id }) => fileQuery(id)) })
  return files.map(({ id, sha256 }, place) => ({
    id,
    local: sha256,
    row: queries[place]?.data,
    error: queries[place]?.error ?? null,
  }))
}

/** A file that cannot be asked about cannot be sent either. */
export const stateOf = ({ id, row, error }: ArrivedFile): FileState => ({
  id,
  scan: row?.scan_status ?? (error ? 'ERROR' : undefined),
  sha256: row?.sha256,
})
