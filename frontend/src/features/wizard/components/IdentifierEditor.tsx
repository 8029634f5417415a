/** The identifiers of a draft: a masked list, and ways to add one, change one, or paste many. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconClipboardText, IconEye } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schema } from '~/api/index.ts'
import { checkAll, type Identifier, type IdentifierType } from '~/domain/identifiers.ts'
import { ErrorState } from '~/ui/index.ts'
import { isAadhaarRemainder, isSendable } from '../draft.ts'
import type { DraftProblem } from '../steps.ts'
import { problemsByRow, useRowSentences } from '../use-verdicts.ts'
import { IdentifierForm } from './IdentifierForm.tsx'
import { IdentifierRow, maskedOf } from './IdentifierRow.tsx'
import { PastePanel } from './PastePanel.tsx'
import css from './wizard.module.css'

export interface IdentifierEditorProps {
  /** The types that the item takes; none: all. */
  allowed: readonly IdentifierType[]
  /** In clear; null while they are closed, and only `masked` is known. */
  rows: readonly Identifier[] | null
  masked?: readonly Schema<'IdentifierOut'>[]
  onChange: (rows: Identifier[]) => void
  /** Read them in clear, which is written into the audit trail. */
  onOpen?: () => Promise<void>
  /** What the server found in the rows that it has. */
  problems?: readonly DraftProblem[]
  /** Whether the rows shown are those that the server has. */
  settled?: boolean
  mandate?: string | null
  disabled?: boolean
  /** The id of the field for a new one. */
  inputId?: string
}

export function IdentifierEditor(props: IdentifierEditorProps) {
  if (props.rows === null) return <ClosedList {...props} />
  return <OpenList {...props} rows={props.rows} />
}

function ClosedList({ masked = [], onOpen, problems = [], disabled, inputId = 'identifiers' }: IdentifierEditorProps) {
  const { t } = useLingui()
  const open = useMutation({ mutationFn: async () => onOpen?.() })
  const sentencesOf = useRowSentences()
  const found = problemsByRow(problems)
  return (
    <div className={css.fields}>
      <ul className={css.idList} aria-label={t`Identifiers`}>
        {masked.map((item, row) => (
          <li key={item.id}>
            <IdentifierRow
              row={row}
              type={item.type}
              masked={item.masked}
              sentences={sentencesOf([], found.get(row) ?? [])}
            />
          </li>
        ))}
      </ul>
      {open.error && <ErrorState error={open.error} />}
      {!disabled && (
        <div>
          <Button
            id={inputId}
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            loading={open.isPending}
            onClick={() => open.mutate()}
          >
            <Trans>Open the list to change it</Trans>
          </Button>
          <p className={css.hint}>
            <Trans>Opening it reads the identifiers in clear. That is written into the audit trail.</Trans>
          </p>
        </div>
      )}
    </div>
  )
}

type Doing = { what: 'adding' } | { what: 'pasting' } | { what: 'changing'; row: number }

function OpenList(props: IdentifierEditorProps & { rows: readonly Identifier[] }) {
  const {
    allowed,
    rows,
    onChange,
    problems = [],
    settled = false,
    mandate = null,
    disabled,
    inputId = 'identifiers',
  } = props
  const { t } = useLingui()
  const [doing, setDoing] = useState<Doing>({ what: 'adding' })
  const sentencesOf = useRowSentences()
  const local = checkAll(rows, allowed, { mandate })
  const server = problemsByRow(settled ? problems : [])
  const back = () => setDoing({ what: 'adding' })
  const add = (items: Identifier[]) => onChange([...rows, ...items])

  const sentences = (item: Identifier, row: number) =>
    isAadhaarRemainder(item)
      ? [t`Only the last four digits were kept. Enter the number again, or remove it, before the list can be saved.`]
      : sentencesOf(local[row] ?? [], server.get(row) ?? [])

  return (
    <div className={css.fields}>
      {rows.length > 0 && (
        <>
          <p className={css.hint} role="status">
            <Plural value={rows.length} one="# identifier in the list" other="# identifiers in the list" />
          </p>
          <ul className={css.idList} aria-label={t`Identifiers`}>
            {rows.map((item, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place until they are saved
              <li key={row}>
                {doing.what === 'changing' && doing.row === row ? (
                  <IdentifierForm
                    start={isAadhaarRemainder(item) ? { ...item, value: '' } : item}
                    allowed={allowed}
                    others={rows.filter((_, other) => other !== row)}
                    mandate={mandate}
                    onCancel={back}
                    onDone={(found) => {
                      onChange(rows.map((each, place) => (place === row ? found : each)))
                      back()
                    }}
                  />
                ) : (
                  <IdentifierRow
                    row={row}
                    type={item.type}
                    masked={maskedOf(item)}
                    item={item}
                    sentences={sentences(item, row)}
                    onEdit={disabled ? undefined : () => setDoing({ what: 'changing', row })}
                    onRemove={disabled ? undefined : () => onChange(rows.filter((_, place) => place !== row))}
                  />
                )}
              </li>
            ))}
          </ul>
          {!isSendable(rows) && (
            <p className={css.note} role="alert">
              <span className={css.bad}>
                <Trans>The list is not saved while one of these may not be kept at all. Mend or remove it.</Trans>
              </span>
            </p>
          )}
        </>
      )}
      {!disabled && doing.what === 'adding' && (
        <IdentifierForm
          allowed={allowed}
          others={rows}
          mandate={mandate}
          inputId={inputId}
          onDone={(item) => add([item])}
          extra={
            <Button
              variant="subtle"
              leftSection={<IconClipboardText size={16} aria-hidden />}
              onClick={() => setDoing({ what: 'pasting' })}
            >
              <Trans>Paste many from a sheet</Trans>
            </Button>
          }
        />
      )}
      {!disabled && doing.what === 'pasting' && (
        <PastePanel allowed={allowed} rows={rows} mandate={mandate} onAdd={add} onClose={back} />
      )}
    </div>
  )
}
