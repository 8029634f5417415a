/** A file that the server has: what it is, what the scan found, and what can be done with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import {
  IconDownload,
  IconEye,
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconPhoto,
  IconTrash,
} from '@tabler/icons-react'
import clsx from 'clsx'
import { lazy, Suspense, useState } from 'react'
import type { FileRow as FileData } from '~/api/index.ts'
import { formatBytes } from '~/i18n/index.ts'
import { ErrorState, Hash, Loading, ScanBadge } from '~/ui/index.ts'
import { previewKindOf } from '../media.ts'
import { isSettled, useFile } from '../queries.ts'
import { type Download, useDownload } from '../use-download.ts'
import css from './files.module.css'

const PreviewDialog = lazy(() => import('./PreviewDialog.tsx'))

interface FileRowProps {
  /** The file, or its id; either way it is kept fresh while it is being scanned. */
  id?: string
  file?: FileData
  /** The SHA-256 that was computed in this browser, to be compared with the server's. */
  localHash?: string
  /** The SHA-256 that another document (a manifest, a statement) says the file has. */
  expectedHash?: string | null
  onRemove?: () => void
  onPreview?: (file: FileData) => void
}

export function FileRow({ id, file: given, ...rest }: FileRowProps) {
  const query = useFile(id ?? given?.id ?? '', given)
  if (query.data) return <Row {...rest} file={query.data} />
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <Loading lines={2} />
}

type RowProps = Omit<FileRowProps, 'id' | 'file'> & { file: FileData }

function Row({ file, localHash, expectedHash, onRemove, onPreview }: RowProps) {
  const download = useDownload(file)
  const [open, setOpen] = useState(false)
  const show = onPreview ?? (() => setOpen(true))
  return (
    <div className={css.row}>
      <span className={css.icon} aria-hidden>
        <KindIcon mediaType={file.media_type} />
      </span>
      <div>
        <div className={css.name}>{file.filename}</div>
        <div className={css.meta}>
          <span>{formatBytes(file.size)}</span>
          <span role="status">
            <ScanBadge status={file.scan_status} />
          </span>
          {file.sha256 && (
            <span>
              SHA-256 <Hash value={file.sha256} />
            </span>
          )}
        </div>
      </div>
      <Buttons file={file} download={download} onShow={() => show(file)} onRemove={onRemove} />
      <Notes file={file} localHash={localHash} expectedHash={expectedHash} download={download} />
      {open && (
        <Suspense fallback={null}>
          <PreviewDialog file={file} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

function KindIcon({ mediaType }: { mediaType: string }) {
  const kind = previewKindOf(mediaType)
  if (kind === 'pdf') return <IconFileTypePdf size={18} />
  if (kind === 'image') return <IconPhoto size={18} />
  return kind ? <IconFileText size={18} /> : <IconFile size={18} />
}

interface ButtonsProps {
  file: FileData
  download: Download
  onShow: () => void
  onRemove?: () => void
}

function Buttons({ file, download, onShow, onRemove }: ButtonsProps) {
  const { t } = useLingui()
  const readable = file.abilities.download
  return (
    <div className={clsx(css.buttons, 'l-no-print')}>
      {readable && previewKindOf(file.media_type) && (
        <ActionIcon title={t`Show`} onClick={onShow} aria-label={t`Show ${file.filename}`}>
          <IconEye size={18} />
        </ActionIcon>
      )}
      {readable && (
        <ActionIcon
          title={t`Download`}
          onClick={download.start}
          loading={download.running}
          aria-label={t`Download ${file.filename}`}
        >
          <IconDownload size={18} />
        </ActionIcon>
      )}
      {onRemove && (
        <ActionIcon title={t`Remove`} onClick={onRemove} aria-label={t`Remove ${file.filename}`}>
          <IconTrash size={18} />
        </ActionIcon>
      )}
    </div>
  )
}

interface NotesProps {
  file: FileData
  localHash?: string
  expectedHash?: string | null
  download: Download
}

/** What is to be known of this file beyond its badge. Nothing is shown while all is as it should be. */
function Notes({ file, localHash, expectedHash, download }: NotesProps) {
  const other = [localHash, expectedHash].find((hash) => hash && file.sha256 && hash !== file.sha256)
  return (
    <>
      {other && (
        <p className={clsx(css.wide, css.note, css.bad)} role="alert">
          <Trans>The SHA-256 should be {other}. These are other bytes: do not use the file.</Trans>
        </p>
      )}
      {!other && localHash && file.sha256 && (
        <p className={clsx(css.wide, css.note, css.good)}>
          <Trans>The server computed the same SHA-256 as this computer.</Trans>
        </p>
      )}
      {file.scan_status === 'AWAITING_UPLOAD' && (
        <p className={clsx(css.wide, css.note, css.bad)}>
          <Trans>The bytes never arrived. Remove the file and bring it again.</Trans>
        </p>
      )}
      {isSettled(file) && file.scan_findings.length > 0 && (
        <ul className={clsx(css.wide, css.findings)}>
          {file.scan_findings.map((finding) => (
            <li key={finding.code}>{finding.message}</li>
          ))}
        </ul>
      )}
      <DownloadNote download={download} />
    </>
  )
}

function DownloadNote({ download }: { download: Download }) {
  if (download.state === 'saved') {
    return (
      <p className={clsx(css.wide, css.note, css.good)} role="status">
        <Trans>Downloaded. Its SHA-256 was computed again and is the same.</Trans>
      </p>
    )
  }
  if (download.state === 'differs') {
    return (
      <p className={clsx(css.wide, css.note, css.bad)} role="alert">
        <Trans>The downloaded bytes have another SHA-256, {download.found}. They were not saved.</Trans>
      </p>
    )
  }
  if (download.state !== 'failed') return null
  return (
    <p className={clsx(css.wide, css.note, css.bad)} role="alert">
      <Trans>The download failed.</Trans> {download.error instanceof Error ? download.error.message : null}
    </p>
  )
}
