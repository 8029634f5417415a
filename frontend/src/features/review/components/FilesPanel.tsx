/** The files of a response, and one of them opened beside the list. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { FilePreview, FileRow, previewKindOf } from '~/features/files/index.ts'
import { EmptyState, Panel } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import css from './review.module.css'

type Opened = Pick<LersResponse['files'][number], 'id' | 'filename' | 'media_type'>

export function FilesPanel({ response }: { response: LersResponse }) {
  const { t } = useLingui()
  const { files } = response
  const [opened, setOpened] = useState<Opened | null>(() => firstToShow(files))
  return (
    <Panel
      title={t`Files`}
      note={files.length > 0 ? t`Each look at a file is recorded in the audit trail.` : undefined}
    >
      {files.length === 0 ? (
        <EmptyState title={t`No files`}>
          <Trans>The answer is in the outcomes and the text alone.</Trans>
        </EmptyState>
      ) : (
        <div className={css.stack}>
          <ul className={css.files} aria-label={t`Files of the response`}>
            {files.map((file) => (
              <li key={file.id}>
                <FileRow id={file.id} expectedHash={file.sha256} onPreview={setOpened} />
              </li>
            ))}
          </ul>
          {opened && <Preview file={opened} onClose={() => setOpened(null)} />}
        </div>
      )}
    </Panel>
  )
}

/** A review begins with reading: the first file that can be shown is open. */
const firstToShow = (files: LersResponse['files']): Opened | null =>
  files.find((file) => previewKindOf(file.media_type) !== null) ?? null

function Preview({ file, onClose }: { file: Opened; onClose: () => void }) {
  const { t } = useLingui()
  return (
    <section className={css.preview} aria-label={t`Preview of ${file.filename}`}>
      <div className={css.previewHead}>
        <h3>{file.filename}</h3>
        <ActionIcon onClick={onClose} aria-label={t`Close the preview`}>
          <IconX size={18} />
        </ActionIcon>
      </div>
      <FilePreview key={file.id} file={file} />
    </section>
  )
}
