/** A file, large, over the page. */
import { Modal } from '@mantine/core'
import type { FileRow } from '~/api/index.ts'
import { FilePreview } from './FilePreview.tsx'

export default function PreviewDialog({ file, onClose }: { file: FileRow; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={file.filename} size="min(64rem, 94vw)">
      <FilePreview file={file} />
    </Modal>
  )
}
