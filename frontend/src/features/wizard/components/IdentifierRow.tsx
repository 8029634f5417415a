/** An identifier of the list: masked, with its verdict. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconPencil, IconTrash } from '@tabler/icons-react'
import clsx from 'clsx'
import { checkValue, type Identifier, type IdentifierType, mask } from '~/domain/identifiers.ts'
import { formatDateTime, formatExact, formatPlainDate, useTerm } from '~/i18n/index.ts'
import css from './wizard.module.css'

interface IdentifierRowProps {
  row: number
  type: IdentifierType
  masked: string
  item?: Identifier
  sentences: readonly string[]
  onEdit?: () => void
  onRemove?: () => void
}

export function IdentifierRow({ row, type, masked, item, sentences, onEdit, onRemove }: IdentifierRowProps) {
  const { t } = useLingui()
  const term = useTerm()
  const name = `${term('identifierType', type)} ${masked}`
  const bad = sentences.length > 0
  return (
    <div className={css.idRow} id={`identifier-${row}`} tabIndex={-1}>
      <span className={clsx(css.verdict, bad ? css.bad : css.good)}>
        {bad ? (
          <IconAlertTriangle size={18} aria-label={t`To be mended`} />
        ) : (
          <IconCircleCheck size={18} aria-label={t`In order`} />
        )}
      </span>
      <span>
        <span className={css.idMeta}>{term('identifierType', type)}</span> <span className={css.idValue}>{masked}</span>
        {item && <Details item={item} />}
      </span>
      <span className={css.buttons}>
        {onEdit && (
          <ActionIcon title={t`Change`} onClick={onEdit} aria-label={t`Change ${name}`}>
            <IconPencil size={16} />
          </ActionIcon>
        )}
        {onRemove && (
          <ActionIcon title={t`Remove`} onClick={onRemove} aria-label={t`Remove ${name}`}>
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </span>
      {bad && (
        <ul className={css.idProblems}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

const moment = (text: string, exact: boolean) => {
  if (Number.isNaN(Date.parse(text))) return text
  return text.length === 10 ? formatPlainDate(text) : exact ? formatExact(text) : formatDateTime(text)
}

function Details({ item }: { item: Identifier }) {
  const exact = item.type === 'IP'
  const [from, to] = [item.from && moment(item.from, exact), item.to && moment(item.to, exact)]
  if (!from && !to && item.port == null && !item.note) return null
  return (
    <span className={css.idMeta}>
      {item.port != null && (
        <>
          {' · '}
          <Trans>port {item.port}</Trans>
        </>
      )}
      {(from || to) && ` · ${from ?? '…'} – ${to ?? '…'}`}
      {item.note && ` · ${item.note}`}
    </span>
  )
}

/** As the server will mask it: what it keeps is the value in its plain form. */
export const maskedOf = (item: Identifier): string =>
  mask(item.type, checkValue(item.type, item.value).value ?? item.value)
