/** A file on its way to the server, or waiting for its turn. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Problem } from '~/api/index.ts'
import { mediaTypeOf, type Upload } from '~/features/files/index.ts'
import { formatPercent } from '~/i18n/index.ts'
import { Hash, ToneBadge } from '~/ui/index.ts'
import css from './files.module.css'
import { Kind } from './Kind.tsx'
import { type Note, NoteRow } from './NoteRow.tsx'
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
  const notes = useFailure(upload)
  return (
    <>
      <tr data-noted={notes.length > 0 || undefined}>
        <th scope="row">
          <span className={css.name}>{name}</span>
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
      <NoteRow notes={notes} />
    </>
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

function useFailure({ fault, error }: Upload): Note[] {
  const { t, i18n } = useLingui()
  if (fault) return [{ bad: true, text: i18n._(FAULT_WORDS[fault]) }]
  if (!error) return []
  if (!(error instanceof Problem)) return [{ bad: true, text: String(error) }]
  if (error.offline) return [{ bad: true, text: t`No connection to LERS. The file is kept here; try again.` }]
  return [{ bad: true, text: Object.values(error.fields).flat().join(' ') || error.message }]
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
