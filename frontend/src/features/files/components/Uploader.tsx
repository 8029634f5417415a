/** Files by drop or by choice: checked and hashed here, sent with progress, then shown with what the scan says. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, type ReactNode, useId, useRef, useState } from 'react'
import { type FileRow as FileData, type Purpose, publicConfig } from '~/api/index.ts'
import { formatBytes } from '~/i18n/index.ts'
import { filesOfDrop } from '../dropped.ts'
import { acceptOf } from '../media.ts'
import { useUploads } from '../use-uploads.ts'
import { FileRow } from './FileRow.tsx'
import css from './files.module.css'
import { UploadRow } from './UploadRow.tsx'

const DEFAULT_MOST = 50 * 1024 * 1024

interface UploaderProps {
  purpose: Purpose
  /** What is to be brought, as the button's visible name: "Choose the mandate". */
  label: ReactNode
  /** Which kinds are taken, in words. */
  hint?: ReactNode
  /** The id of the button, for links of an error summary. */
  id?: string
  multiple?: boolean
  disabled?: boolean
  /** Files that are there already; they are shown under the drop area, live. */
  files?: readonly string[]
  /** Called for each file that has arrived, with the hash that was computed here. The scan follows. */
  onUploaded: (file: FileData, sha256: string) => void
  onRemove?: (id: string) => void
  /** Shows a file elsewhere (beside a form); without it a dialog opens. */
  onPreview?: (file: FileData) => void
}

export function Uploader(props: UploaderProps) {
  const { purpose, multiple = false, disabled = false, files = [], onUploaded, onRemove, onPreview } = props
  const { t } = useLingui()
  const config = useQuery(publicConfig)
  const mostBytes = config.data?.max_file_bytes ?? DEFAULT_MOST
  const [hashes, setHashes] = useState<Readonly<Record<string, string>>>({})
  const { uploads, add, retry, remove } = useUploads({
    purpose,
    mostBytes,
    onUploaded: (file, sha256) => {
      setHashes((all) => ({ ...all, [file.id]: sha256 }))
      onUploaded(file, sha256)
    },
  })
  const take = (found: readonly File[]) => {
    if (!disabled && found.length > 0) add(multiple ? found : found.slice(0, 1))
  }

  return (
    <div>
      <DropArea {...props} mostBytes={mostBytes} onFiles={take} />
      <ul className={css.list} aria-label={t`Files`}>
        {files.map((id) => (
          <li key={id}>
            <FileRow
              id={id}
              localHash={hashes[id]}
              onRemove={onRemove && !disabled ? () => onRemove(id) : undefined}
              onPreview={onPreview}
            />
          </li>
        ))}
        {uploads.map((upload) => (
          <li key={upload.id}>
            <UploadRow upload={upload} onRetry={() => retry(upload.id)} onRemove={() => remove(upload.id)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** 50 MiB are 52.4 MB; people say 50 MB, and a file of that size is taken. */
const roundedMost = (bytes: number) => Math.floor(bytes / 1024 ** 2) * 1e6

interface DropAreaProps extends UploaderProps {
  mostBytes: number
  onFiles: (files: readonly File[]) => void
}

function DropArea({ purpose, label, hint, id, multiple, disabled, mostBytes, onFiles }: DropAreaProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const hintId = useId()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void filesOfDrop(event.dataTransfer).then(onFiles)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside does the same
    <div
      className={css.drop}
      data-over={over || undefined}
      data-disabled={disabled || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(!disabled)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className={css.dropText}>
        <p>{multiple ? <Trans>Drop files or a folder here, or</Trans> : <Trans>Drop a file here, or</Trans>}</p>
        <p className={css.hint} id={hintId}>
          {hint} <Trans>At most {formatBytes(roundedMost(mostBytes))} a file.</Trans>
        </p>
      </div>
      <Button
        id={id}
        variant="default"
        leftSection={<IconUpload size={16} aria-hidden />}
        disabled={disabled}
        aria-describedby={hintId}
        onClick={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        className={css.hidden}
        type="file"
        tabIndex={-1}
        aria-hidden
        accept={acceptOf(purpose)}
        multiple={multiple}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file may be chosen again after it was taken away.
          event.currentTarget.value = ''
        }}
      />
    </div>
  )
}
