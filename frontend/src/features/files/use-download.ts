/** Downloading with proof: what arrived is hashed again before it is saved. */
import { useMutation } from '@tanstack/react-query'
import { type FileRow, readFileBytes, saveBlob } from '~/api/index.ts'
import { hashFile } from '~/crypto/index.ts'

export interface Download {
  start: () => void
  running: boolean
  state: 'none' | 'saved' | 'differs' | 'failed'
  /** The hash of what arrived, where it is another one. */
  found?: string
  error: unknown
}

export function useDownload(file: Pick<FileRow, 'id' | 'filename' | 'sha256' | 'media_type'>): Download {
  const download = useMutation({
    mutationFn: async () => {
      const bytes = await readFileBytes(file.id)
      const { sha256: found } = await hashFile(bytes)
      if (file.sha256 && found !== file.sha256) return { found, same: false }
      saveBlob(new Blob([bytes], { type: file.media_type }), file.filename)
      return { found, same: true }
    },
  })
  return {
    start: () => download.mutate(),
    running: download.isPending,
    state: download.isError ? 'failed' : !download.data ? 'none' : download.data.same ? 'saved' : 'differs',
    found: download.data?.found,
    error: download.error,
  }
}
