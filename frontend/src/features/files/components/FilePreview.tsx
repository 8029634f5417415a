/** Shows a file by its kind. The code for PDF is only fetched when one is opened. */
import { Trans } from '@lingui/react/macro'
import { IconFile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { FileRow } from '~/api/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { previewKindOf } from '../media.ts'
import { fileBytesQuery, useFile } from '../queries.ts'
import { ImagePreview } from './ImagePreview.tsx'
import { PdfPreview } from './LazyPdfPreview.tsx'
import { TextPreview } from './TextPreview.tsx'

export interface FilePreviewProps {
  file: Pick<FileRow, 'id' | 'filename' | 'media_type'>
}

export function FilePreview({ file }: FilePreviewProps) {
  const kind = previewKindOf(file.media_type)
  const state = useFile(file.id)
  if (!kind) {
    return (
      <EmptyState icon={<IconFile size={22} />} title={<Trans>No preview for this kind of file</Trans>}>
        <Trans>Download it to look at it.</Trans>
      </EmptyState>
    )
  }
  if (state.data && !state.data.abilities.download) {
    return (
      <EmptyState icon={<IconFile size={22} />} title={<Trans>Not readable yet</Trans>}>
        <Trans>A file can be looked at once the virus scan has found it clean.</Trans>
      </EmptyState>
    )
  }
  return <Readable file={file} kind={kind} />
}

function Readable({ file, kind }: FilePreviewProps & { kind: NonNullable<ReturnType<typeof previewKindOf>> }) {
  const bytes = useQuery(fileBytesQuery(file.id))
  return (
    <QueryState query={bytes} lines={8}>
      {(blob) => {
        if (kind === 'pdf') return <PdfPreview blob={blob} name={file.filename} />
        if (kind === 'image') return <ImagePreview blob={blob} name={file.filename} mediaType={file.media_type} />
        return <TextPreview blob={blob} name={file.filename} table={kind === 'table'} />
      }}
    </QueryState>
  )
}
