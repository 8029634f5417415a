/** Files as the server has them; one that is being scanned is asked about until it is settled. */
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, call, type FileRow, keys, readFileBytes } from '~/api/index.ts'

/** Nothing will change about a file in these states. */
export const isSettled = (file: Pick<FileRow, 'scan_status'>): boolean =>
  file.scan_status !== 'PENDING' && file.scan_status !== 'AWAITING_UPLOAD'

const ASK_AGAIN_MS = 2_000

export const fileQuery = (id: string) =>
  queryOptions({
    queryKey: keys.files.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/lers/files/{file_id}/', { params: { path: { file_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data && !isSettled(state.data) ? ASK_AGAIN_MS : false),
  })

export const useFile = (id: string, initial?: FileRow) => useQuery({ ...fileQuery(id), initialData: initial })

/** The bytes for a preview: read once while it is open, and not kept: each reading is written into the audit trail. */
export const fileBytesQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.files.one(id), 'bytes'],
    queryFn: ({ signal }) => readFileBytes(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    refetchOnWindowFocus: false,
  })
