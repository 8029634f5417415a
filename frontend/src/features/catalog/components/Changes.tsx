/** What differs between two states of an item, part by part. */
import { Trans, useLingui } from '@lingui/react/macro'
import { changedNames, type FormName, type ItemForm } from '../item-form.ts'
import { TERM_NAMES, useTermText } from '../term-words.ts'
import css from './editor.module.css'

interface ChangesProps {
  before: ItemForm
  now: ItemForm
  /** Only these, where not all that differs is meant. */
  names?: readonly FormName[]
  label: string
}

export function Changes({ before, now, names = changedNames(before, now), label }: ChangesProps) {
  const { i18n } = useLingui()
  const text = useTermText()
  return (
    <dl className={css.changes} aria-label={label}>
      {names.map((name) => (
        <div key={name}>
          <dt>{i18n._(TERM_NAMES[name])}</dt>
          <dd>
            <del>
              <span className="l-visually-hidden">
                <Trans>Before:</Trans>{' '}
              </span>
              {text(before, name)}
            </del>
            <ins>
              <span className="l-visually-hidden">
                <Trans>After:</Trans>{' '}
              </span>
              {text(now, name)}
            </ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
