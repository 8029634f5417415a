/** A file on its way: how far it is, or why it is not. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconFileAlert, IconFileUpload, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { Problem } from '~/api/index.ts'
import { formatBytes, formatPercent } from '~/i18n/index.ts'
import { Hash } from '~/ui/index.ts'
import { isFinal, type Upload } from '../use-uploads.ts'
import { FAULTS } from '../words.ts'
import css from './files.module.css'

interface UploadRowProps {
  upload: Upload
  onRetry: () => void
  onRemove: () => void
}

export function UploadRow({ upload, onRetry, onRemove }: UploadRowProps) {
  const { t } = useLingui()
  const broken = upload.state === 'refused' || upload.state === 'failed'
  return (
    <div className={css.row}>
      <span className={css.icon} aria-hidden>
        {broken ? <IconFileAlert size={18} /> : <IconFileUpload size={18} />}
      </span>
      <div>
        <div className={css.name}>{upload.name}</div>
        <div className={css.meta} role="status">
          <span>{formatBytes(upload.size)}</span>
          <Progress upload={upload} />
          {upload.sha256 && (
            <span>
              SHA-256 <Hash value={upload.sha256} />
            </span>
          )}
        </div>
      </div>
      <div className={css.buttons}>
        {upload.state === 'failed' && !isFinal(upload.error) && (
          <Button size="xs" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <ActionIcon onClick={onRemove} aria-label={broken ? t`Remove ${upload.name}` : t`Stop sending ${upload.name}`}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {broken && <Failure upload={upload} />}
      {upload.state === 'sending' && (
        <progress
          className={css.bar}
          value={upload.sent}
          max={Math.max(1, upload.size)}
          aria-label={t`Sent of ${upload.name}`}
        />
      )}
    </div>
  )
}

function Progress({ upload }: { upload: Upload }) {
  switch (upload.state) {
    case 'waiting':
      return <Trans>Waiting for its turn</Trans>
    case 'checking':
      return <Trans>Being checked and hashed</Trans>
    case 'sending':
      return <Trans>{formatPercent((100 * upload.sent) / Math.max(1, upload.size))} sent</Trans>
    default:
      return <Trans>Not sent</Trans>
  }
}

function Failure({ upload }: { upload: Upload }) {
  const { i18n } = useLingui()
  const { fault, error } = upload
  const sentences =
    error instanceof Problem && Object.keys(error.fields).length > 0
      ? Object.values(error.fields).flat()
      : [error instanceof Error ? error.message : String(error)]
  const offline = error instanceof Problem && error.offline
  return (
    <p className={clsx(css.wide, css.note, css.bad)} role="alert">
      {fault && i18n._(FAULTS[fault])}
      {offline && <Trans>No connection to LERS. The file is kept here; try again.</Trans>}
      {!fault && !offline && sentences.join(' ')}
    </p>
  )
}
