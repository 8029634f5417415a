/** A file, large, over the page. */

import type { FileRow } from '~/api/index.ts'
import { Dialog } from '~/ui/index.ts'
import { FilePreview } from './FilePreview.tsx'

export default function PreviewDialog({ file, onClose }: { file: FileRow; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={file.filename} size="min(64rem, 94vw)">
      <FilePreview file={file} />
    </Dialog>
  )
}
