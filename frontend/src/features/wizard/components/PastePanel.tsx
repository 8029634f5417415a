/** Many identifiers out of a sheet: each row with its verdict before any is taken. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { useMemo, useState } from 'react'
import { checkAll, IDENTIFIER_TYPES, type Identifier, type IdentifierType } from '~/domain/identifiers.ts'
import { MOST_ROWS, type PastedRow, readSheet } from '~/domain/paste.ts'
import { useTerm } from '~/i18n/index.ts'
import { useSentences } from '../use-verdicts.ts'
import css from './wizard.module.css'

interface PastePanelProps {
  allowed: readonly IdentifierType[]
  rows: readonly Identifier[]
  mandate: string | null
  onAdd: (items: Identifier[]) => void
  onClose: () => void
}

interface Verdict {
  row: PastedRow
  codes: ReturnType<typeof checkAll>[number]
}

function useVerdicts(text: string, { allowed, rows, mandate }: Pick<PastePanelProps, 'allowed' | 'rows' | 'mandate'>) {
  return useMemo((): Verdict[] => {
    const pasted = readSheet(text, allowed.length > 0 ? allowed : IDENTIFIER_TYPES)
    const items = [...rows, ...pasted.map((row) => row.identifier)]
    const codes = checkAll(items, allowed, { mandate }).slice(rows.length)
    return pasted.map((row, place) => ({ row, codes: codes[place] ?? [] }))
  }, [text, allowed, rows, mandate])
}

export function PastePanel({ allowed, rows, mandate, onAdd, onClose }: PastePanelProps) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const verdicts = useVerdicts(text, { allowed, rows, mandate })
  const good = verdicts.filter((each) => each.codes.length === 0)
  const room = MOST_ROWS - rows.length
  const add = () => {
    onAdd(good.map((each) => each.row.identifier))
    const lines = text.split(/\r\n|\r|\n/)
    const left = verdicts.filter((each) => each.codes.length > 0).map((each) => lines[each.row.line - 1] ?? '')
    if (left.length === 0) onClose()
    else setText(left.join('\n'))
  }
  return (
    <section className={css.idForm} aria-label={t`Paste from a sheet`}>
      <Textarea
        label={t`Paste from a sheet`}
        description={t`One identifier a row; or columns for kind, identifier, from, to and port, with headings or without. Times are Indian time.`}
        minRows={4}
        maxRows={10}
        autoFocus
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {verdicts.length > 0 && <VerdictTable verdicts={verdicts} good={good.length} />}
      {good.length > room && (
        <p className={clsx(css.note, css.bad)} role="alert">
          <Plural
            value={MOST_ROWS}
            one="A request takes # identifier at most: split it."
            other="A request takes # identifiers at most: split it."
          />
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={add} disabled={good.length === 0 || good.length > room}>
          <Plural value={good.length} _0="Add" one="Add # row" other="Add # rows" />
        </Button>
        <Button variant="subtle" onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </section>
  )
}

function VerdictTable({ verdicts, good }: { verdicts: readonly Verdict[]; good: number }) {
  const { t } = useLingui()
  const term = useTerm()
  const sentence = useSentences()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={css.scroll} tabIndex={0} aria-label={t`Rows that were read`}>
      <table className={css.pasted}>
        <caption>
          <Trans>
            {good} of {verdicts.length} rows are in order. The others stay here to be mended.
          </Trans>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Line</Trans>
            </th>
            <th scope="col">
              <Trans>Kind</Trans>
            </th>
            <th scope="col">
              <Trans>Identifier</Trans>
            </th>
            <th scope="col">
              <Trans>Verdict</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map(({ row, codes }) => (
            <tr key={row.line}>
              <td>{row.line}</td>
              <td>{term('identifierType', row.identifier.type)}</td>
              <td className={css.idValue}>{row.identifier.value}</td>
              <td>
                <span className={clsx(css.note, codes.length > 0 ? css.bad : css.good)}>
                  {codes.length > 0 ? (
                    <IconAlertTriangle size={16} aria-hidden />
                  ) : (
                    <IconCircleCheck size={16} aria-hidden />
                  )}
                  {codes.length > 0 ? (
                    [...new Set(codes.map((each) => sentence(each.code)))].join(' ')
                  ) : (
                    <Trans>In order</Trans>
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
