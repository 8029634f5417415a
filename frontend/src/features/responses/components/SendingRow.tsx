/** A file on its way to the server, or waiting for its turn. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { Problem } from '~/api/index.ts'
import { mediaTypeOf, type Upload } from '~/features/files/index.ts'
import { formatPercent } from '~/i18n/index.ts'
import { Hash, ToneBadge } from '~/ui/index.ts'
import css from './files.module.css'
import { Kind } from './Kind.tsx'
import { FAULT_WORDS } from './words.ts'

interface SendingRowProps {
  upload: Upload
  onRetry: () => void
  onRemove: () => void
}

export function SendingRow({ upload, onRetry, onRemove }: SendingRowProps) {
  const { t } = useLingui()
  const { name, size, state, sha256, error } = upload
  const again = state === 'failed' && (!(error instanceof Problem) || error.retryable)
  return (
    <tr>
      <th scope="row">
        <span className={css.name}>{name}</span>
        <Failure upload={upload} />
      </th>
      <td>
        <Kind mediaType={mediaTypeOf(name)} size={size} />
      </td>
      <td className={css.bytesCell}>{sha256 ? <Hash value={sha256} /> : '–'}</td>
      <td>
        <State upload={upload} />
      </td>
      <td className={css.actions}>
        {again && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <ActionIcon onClick={onRemove} aria-label={t`Remove ${name}`}>
          <IconX size={18} />
        </ActionIcon>
      </td>
    </tr>
  )
}

function State({ upload: { name, state, sent, size } }: { upload: Upload }) {
  const { t } = useLingui()
  if (state === 'sending') {
    return (
      <span className={css.moving}>
        <progress className={css.bar} value={sent} max={Math.max(1, size)} aria-label={t`Sent of ${name}`} />
        <span>{formatPercent((100 * sent) / Math.max(1, size))}</span>
      </span>
    )
  }
  if (state === 'checking') return <ToneBadge tone="info">{t`Being hashed`}</ToneBadge>
  if (state === 'waiting') return <ToneBadge tone="quiet">{t`Queued`}</ToneBadge>
  return <ToneBadge tone="bad">{state === 'refused' ? t`Not taken` : t`Failed`}</ToneBadge>
}

function Failure({ upload: { fault, error } }: { upload: Upload }) {
  const { i18n } = useLingui()
  if (fault) return <span className={clsx(css.note, css.bad)}>{i18n._(FAULT_WORDS[fault])}</span>
  if (!error) return null
  const offline = error instanceof Problem && error.offline
  const told = error instanceof Problem ? Object.values(error.fields).flat().join(' ') || error.message : String(error)
  return (
    <span className={clsx(css.note, css.bad)} role="alert">
      {offline ? <Trans>No connection to LERS. The file is kept here; try again.</Trans> : told}
    </span>
  )
}

export function HeldRow({ file, onRemove }: { file: File; onRemove: () => void }) {
  const { t } = useLingui()
  return (
    <tr>
      <th scope="row">
        <span className={css.name}>{file.name}</span>
      </th>
      <td>
        <Kind mediaType={mediaTypeOf(file.name)} size={file.size} />
      </td>
      <td>–</td>
      <td>
        <ToneBadge tone="quiet">{t`Queued`}</ToneBadge>
      </td>
      <td className={css.actions}>
        <ActionIcon onClick={onRemove} aria-label={t`Remove ${file.name}`}>
          <IconX size={18} />
        </ActionIcon>
      </td>
    </tr>
  )
}
