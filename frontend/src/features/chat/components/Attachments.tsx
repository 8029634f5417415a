/** The files of a draft, each on one line, and the button that adds to them. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { acceptOf, UploadRow } from '~/features/files/index.ts'
import { formatBytes } from '~/i18n/index.ts'
import { ScanBadge } from '~/ui/index.ts'
import type { useAttachments } from '../use-attachments.ts'
import css from './chat.module.css'

type Attachments = ReturnType<typeof useAttachments>

export function AttachmentList({ attached, uploads, detach, retry, remove }: Attachments) {
  const { t } = useLingui()
  if (attached.length === 0 && uploads.length === 0) return null
  return (
    <ul className={css.attachments} aria-label={t`Files of this message`}>
      {attached.map(({ id, filename, size, scan }) => (
        <li key={id} className={css.attachment}>
          <IconPaperclip size={16} aria-hidden />
          <span className={css.attachmentName}>
            {filename} <small>{formatBytes(size)}</small>
          </span>
          <span role="status">{scan && <ScanBadge status={scan} />}</span>
          <ActionIcon size="md" onClick={() => detach(id)} aria-label={t`Remove ${filename}`}>
            <IconX size={16} />
          </ActionIcon>
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <UploadRow upload={upload} onRetry={() => retry(upload.id)} onRemove={() => remove(upload.id)} />
        </li>
      ))}
    </ul>
  )
}

export function AttachButton({ attach, full }: Attachments) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const label = full ? t`No more files fit into one message` : t`Attach files`
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon size="lg" onClick={() => input.current?.click()} disabled={full} aria-label={label}>
          <IconPaperclip size={18} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        accept={acceptOf('CHAT')}
        onChange={(event) => {
          attach([...(event.currentTarget.files ?? [])])
          // The same file may be chosen again after it was taken away.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
