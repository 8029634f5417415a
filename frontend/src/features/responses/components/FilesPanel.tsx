/** The manifest in the making: every file with its hash and what the scan says. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Panel } from '~/ui/index.ts'
import type { Draft } from '../draft.ts'
import type { ArrivedFile } from '../use-arrived.ts'
import type { Sending } from '../use-sending.ts'
import { ArrivedRow } from './ArrivedRow.tsx'
import { CHOOSE_FILES, DropFiles } from './DropFiles.tsx'
import css from './files.module.css'
import { SendingBar } from './SendingBar.tsx'
import { HeldRow, SendingRow } from './SendingRow.tsx'

interface FilesPanelProps {
  draft: Draft
  arrived: readonly ArrivedFile[]
  sending: Sending
  onRemove: (id: string) => void
}

export function FilesPanel({ draft, arrived, sending, onRemove }: FilesPanelProps) {
  const { t } = useLingui()
  const rows = arrived.length + sending.uploads.length + sending.held.length
  const replace = (id: string) => {
    onRemove(id)
    document.getElementById(CHOOSE_FILES)?.click()
  }
  return (
    <Panel
      title={t`Files`}
      note={
        draft.files.length > 0 && (
          <Plural value={draft.files.length} one="# file has arrived." other="# files have arrived." />
        )
      }
    >
      <div className={css.stack}>
        <DropFiles mostBytes={sending.mostBytes} onFiles={sending.add} />
        <SendingBar sending={sending} />
        {rows > 0 && (
          <table className={css.table} aria-label={t`Files of the response`}>
            <thead>
              <tr>
                <th scope="col">
                  <Trans>File</Trans>
                </th>
                <th scope="col">
                  <Trans>Category, size</Trans>
                </th>
                <th scope="col">SHA-256</th>
                <th scope="col">
                  <Trans>State</Trans>
                </th>
                <th scope="col">
                  <span className="l-visually-hidden">
                    <Trans>Actions</Trans>
                  </span>
                </th>
              </tr>
            </thead>
            <tbody>
              {arrived.map((file) => (
                <ArrivedRow
                  key={file.id}
                  file={file}
                  twin={arrived.find((each) => each.id !== file.id && each.local === file.local)?.row?.filename}
                  onRemove={() => onRemove(file.id)}
                  onReplace={() => replace(file.id)}
                />
              ))}
              {sending.uploads.map((upload) => (
                <SendingRow
                  key={upload.id}
                  upload={upload}
                  onRetry={() => sending.retry(upload.id)}
                  onRemove={() => sending.remove(upload.id)}
                />
              ))}
              {sending.held.map(({ id, file }) => (
                <HeldRow key={id} file={file} onRemove={() => sending.remove(id)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  )
}
