/** The blanks that a template left open, to be filled in once for all texts. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { fillPlaceholders, placeholderLabel, placeholdersIn } from '~/domain/placeholders.ts'
import { formatDate } from '~/i18n/index.ts'
import { useNow } from '~/ui/index.ts'
import { BLANK_TEXTS, blanksOf, type DraftForm } from '../draft.ts'
import type { Draft } from '../use-draft.ts'
import css from './wizard.module.css'

export function Blanks({ draft }: { draft: Draft }) {
  const { t } = useLingui()
  const known = useKnown(draft.form)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const names = blanksOf(draft.form)
  if (names.length === 0) return null
  const values = Object.fromEntries(names.map((name) => [name, typed[name] ?? known[name.toLowerCase()] ?? '']))
  const fill = () => {
    const filled = (value: unknown) => (typeof value === 'string' ? fillPlaceholders(value, values) : value)
    draft.set({
      ...Object.fromEntries(BLANK_TEXTS.map((name) => [name, filled(draft.form[name])])),
      answers: Object.fromEntries(Object.entries(draft.form.answers).map(([name, value]) => [name, filled(value)])),
    })
  }
  return (
    <section className={css.idForm} aria-label={t`Blanks of the template`}>
      <div>
        <strong>
          <Trans>Fill in the blanks</Trans>
        </strong>
        <p className={css.hint}>
          <Trans>The template leaves these open. They are put into every text where they stand.</Trans>
        </p>
      </div>
      <div className={css.idFormRow}>
        {names.map((name) => (
          <TextInput
            key={name}
            label={placeholderLabel(name)}
            value={values[name] ?? ''}
            onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
          />
        ))}
      </div>
      <div>
        <Button variant="default" disabled={names.every((name) => !values[name]?.trim())} onClick={fill}>
          <Trans>Put them in</Trans>
        </Button>
      </div>
    </section>
  )
}

/** What the portal knows of the blanks that templates use most. */
function useKnown(form: DraftForm): Record<string, string> {
  const me = useMe()
  const today = formatDate(useNow(60_000))
  return {
    officer: me.name,
    rank: me.rank ?? '',
    badge: me.badge_number ?? '',
    unit: me.unit ?? me.tenant.name,
    agency: me.tenant.name,
    today,
    date: today,
    case_reference: placeholdersIn(form.caseReference).length === 0 ? form.caseReference : '',
  }
}
