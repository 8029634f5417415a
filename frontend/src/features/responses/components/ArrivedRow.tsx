/** A file that the server has: the same bytes on both sides, and what the scan found. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconTrash, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { isSettled } from '~/features/files/index.ts'
import { Hash, ScanBadge } from '~/ui/index.ts'
import type { ArrivedFile } from '../use-arrived.ts'
import css from './files.module.css'
import { Kind } from './Kind.tsx'

interface ArrivedRowProps {
  file: ArrivedFile
  /** Another file with the same content. */
  twin?: string
  onRemove: () => void
  onReplace: () => void
}

export const fileField = (id: string) => `file-${id}`

export function ArrivedRow({ file, twin, onRemove, onReplace }: ArrivedRowProps) {
  const { t } = useLingui()
  const { row, local, error } = file
  const name = row?.filename ?? t`File`
  const refused = error !== null || (row !== undefined && isSettled(row) && !row.abilities.download)
  return (
    <tr id={fileField(file.id)} tabIndex={-1}>
      <th scope="row">
        <span className={css.name}>{name}</span>
        <Notes file={file} refused={refused} twin={twin} />
      </th>
      <td>{row && <Kind mediaType={row.media_type} size={row.size} />}</td>
      <td className={css.bytesCell}>
        <Hash value={local} />
        {row?.sha256 && <SameBytes same={row.sha256 === local} />}
      </td>
      <td>
        <span role="status">{row ? <ScanBadge status={row.scan_status} /> : error ? <Trans>Gone</Trans> : '…'}</span>
      </td>
      <td className={css.actions}>
        {refused && (
          <Button size="compact-sm" variant="default" onClick={onReplace}>
            <Trans>Replace</Trans>
          </Button>
        )}
        <Tooltip label={t`Remove`}>
          <ActionIcon onClick={onRemove} aria-label={t`Remove ${name}`}>
            <IconTrash size={18} />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  )
}

function SameBytes({ same }: { same: boolean }) {
  return (
    <span className={clsx(css.same, same ? css.good : css.bad)}>
      {same ? <IconCheck size={14} stroke={2.2} aria-hidden /> : <IconX size={14} stroke={2.2} aria-hidden />}
      {same ? <Trans>same at the server</Trans> : <Trans>another at the server</Trans>}
    </span>
  )
}

function Notes({ file: { row, local, error }, refused, twin }: { file: ArrivedFile; refused: boolean; twin?: string }) {
  return (
    <>
      {row && refused && (
        <span className={clsx(css.note, css.bad)}>
          {row.scan_status === 'INFECTED' ? (
            <Trans>Quarantined: it cannot be sent. Replace it by a clean copy, or remove it.</Trans>
          ) : (
            <Trans>It did not pass the scan and cannot be sent. Replace or remove it.</Trans>
          )}
          {row.scan_findings.map(({ code, message }) => (
            <span key={code}> {message}</span>
          ))}
        </span>
      )}
      {error !== null && (
        <span className={clsx(css.note, css.bad)}>
          <Trans>The server does not have this file any more. Remove it and bring it again.</Trans>
        </span>
      )}
      {row?.sha256 && row.sha256 !== local && (
        <span className={clsx(css.note, css.bad)}>
          <Trans>Other bytes arrived than were sent. Remove it and bring it again.</Trans>
        </span>
      )}
      {twin && (
        <span className={css.note}>
          <Trans>The same content as {twin}.</Trans>
        </span>
      )}
    </>
  )
}
