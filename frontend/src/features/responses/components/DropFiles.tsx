/** Where files come in: dropped, a whole folder too, or chosen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconFolder, IconUpload } from '@tabler/icons-react'
import { type InputHTMLAttributes, useRef } from 'react'
import { formatBytes } from '~/i18n/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import css from './files.module.css'

export const CHOOSE_FILES = 'choose-files'

interface DropFilesProps {
  mostBytes: number
  onFiles: (files: readonly File[]) => void
}

// Not in React's types, and in every browser.
const FOLDER = { webkitdirectory: '' } as InputHTMLAttributes<HTMLInputElement>
/** What systems leave in folders and nobody means to send. */
const isLitter = ({ name }: File) => name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini'

export function DropFiles({ mostBytes, onFiles }: DropFilesProps) {
  const { t } = useLingui()
  const open = useRef<() => void>(null)
  const folder = useRef<HTMLInputElement>(null)
  const take = (files: readonly File[]) => onFiles(files.filter((file) => !isLitter(file)))
  useKeys({ u: { run: () => open.current?.(), label: t`Choose files` } }, { scope: t`Response` })
  return (
    <Dropzone
      className={css.drop}
      openRef={open}
      onDrop={take}
      activateOnClick={false}
      activateOnKeyboard={false}
      enablePointerEvents
      useFsAccessApi={false}
      inputProps={{ 'aria-label': t`Files of the response` }}
    >
      <div className={css.dropInner}>
        <div className={css.dropText}>
          <p>
            <Trans>Drop files or a whole folder here</Trans>
          </p>
          <p className={css.hint}>
            <Trans>
              PDF, pictures, CSV, text, JSON, XML, Excel, Word, ZIP, sound and video; at most {formatBytes(mostBytes)} a
              file and 50 files a response.
            </Trans>
          </p>
        </div>
        <div className={css.dropButtons}>
          <Button
            id={CHOOSE_FILES}
            variant="default"
            leftSection={<IconUpload size={16} aria-hidden />}
            rightSection={<Keys keys="u" />}
            onClick={() => open.current?.()}
          >
            <Trans>Choose files</Trans>
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolder size={16} aria-hidden />}
            onClick={() => folder.current?.click()}
          >
            <Trans>Choose a folder</Trans>
          </Button>
        </div>
        <input
          {...FOLDER}
          ref={folder}
          type="file"
          multiple
          hidden
          aria-label={t`Folder of the response`}
          onChange={({ currentTarget }) => {
            take([...(currentTarget.files ?? [])])
            currentTarget.value = ''
          }}
        />
      </div>
    </Dropzone>
  )
}
