/** What an item asks for, told field by field. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { inLanguage, type RequiredField, readFields } from '~/features/wizard/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import { useKindWord } from '../use-kind-word.ts'
import css from './catalog.module.css'

export function AskedList({ fields: raw }: { fields: readonly unknown[] }) {
  const { i18n } = useLingui()
  const kindWord = useKindWord()
  const fields = readFields(raw)
  if (fields.length === 0) {
    return (
      <p className={css.prose}>
        <Trans>Nothing but the reason and the mandate.</Trans>
      </p>
    )
  }
  return (
    <ul className={css.asked}>
      {fields.map((field) => (
        <li key={field.name}>
          <div>
            <div className={css.askedName}>{inLanguage(field.label, i18n.locale)}</div>
            {field.help && <p className={css.askedMeta}>{inLanguage(field.help, i18n.locale)}</p>}
            <Taken field={field} />
          </div>
          <span className={css.badges}>
            <ToneBadge tone="info">{kindWord(field.kind)}</ToneBadge>
            <ToneBadge tone="quiet">{field.required ? <Trans>Required</Trans> : <Trans>Optional</Trans>}</ToneBadge>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Taken({ field }: { field: RequiredField }) {
  const { i18n } = useLingui()
  const term = useTerm()
  if (field.kind === 'IDENTIFIER' && field.identifierTypes.length > 0) {
    const types = field.identifierTypes.map((type) => term('identifierType', type)).join(', ')
    return (
      <p className={css.askedMeta}>
        <Trans>Taken: {types}</Trans>
      </p>
    )
  }
  if (field.kind === 'CHOICE') {
    return (
      <p className={css.askedMeta}>
        {field.choices.map((choice) => inLanguage(choice.label, i18n.locale)).join(' / ')}
      </p>
    )
  }
  if (field.kind === 'PERIOD' && field.maxDays) {
    return (
      <p className={css.askedMeta}>
        <Plural value={field.maxDays} one="At most # day" other="At most # days" />
      </p>
    )
  }
  return null
}
