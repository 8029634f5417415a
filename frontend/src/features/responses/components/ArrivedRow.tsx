/** A file that the server has: the same bytes on both sides, and what the scan found. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconTrash, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { isSettled } from '~/features/files/index.ts'
import { Hash, ScanBadge } from '~/ui/index.ts'
import type { ArrivedFile } from '../use-arrived.ts'
import css from './files.module.css'
import { Kind } from './Kind.tsx'
import { type Note, NoteRow } from './NoteRow.tsx'

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
  const notes = useNotes(file, refused, twin)
  return (
    <>
      <tr id={fileField(file.id)} tabIndex={-1} data-noted={notes.length > 0 || undefined}>
        <th scope="row">
          <span className={css.name}>{name}</span>
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
          <ActionIcon title={t`Remove`} onClick={onRemove} aria-label={t`Remove ${name}`}>
            <IconTrash size={18} />
          </ActionIcon>
        </td>
      </tr>
      <NoteRow notes={notes} />
    </>
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

/** What is to be known of this file beyond its state. Nothing while all is as it should be. */
function useNotes({ row, local, error }: ArrivedFile, refused: boolean, twin?: string): Note[] {
  const { t } = useLingui()
  const notes: Note[] = []
  if (row && refused) {
    notes.push({
      bad: true,
      text:
        row.scan_status === 'INFECTED'
          ? t`Quarantined: it cannot be sent. Replace it by a clean copy, or remove it.`
          : t`It did not pass the scan and cannot be sent. Replace or remove it.`,
    })
    notes.push(...row.scan_findings.map(({ message }) => ({ bad: true, text: message })))
  }
  if (error !== null) {
    notes.push({ bad: true, text: t`The server does not have this file any more. Remove it and bring it again.` })
  }
  if (row?.sha256 && row.sha256 !== local) {
    notes.push({ bad: true, text: t`Other bytes arrived than were sent. Remove it and bring it again.` })
  }
  if (twin) notes.push({ bad: false, text: t`The same content as ${twin}.` })
  return notes
}
