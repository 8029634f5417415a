/** Step 3: about which days. */
import { Trans, useLingui } from '@lingui/react/macro'
import { PeriodFields } from '../components/PeriodFields.tsx'
import css from '../components/wizard.module.css'
import { problemText } from '../problem-words.ts'
import { inLanguage, longestPeriod } from '../required-fields.ts'
import type { StepProps } from './context.ts'

export function Period({ draft, fields, problems }: StepProps) {
  const { i18n } = useLingui()
  const field = fields.find((each) => each.kind === 'PERIOD')
  const problemAt = (...names: string[]) => {
    const found = problems.find((each) => names.includes(each.field))
    return found && problemText(i18n, found, fields)
  }
  return (
    <div className={css.fields}>
      {field?.help && <p className={css.hint}>{inLanguage(field.help, i18n.locale)}</p>}
      {fields.length > 0 && !field && (
        <p className={css.hint}>
          <Trans>This item needs no period. Give one where it narrows what you ask for.</Trans>
        </p>
      )}
      <PeriodFields
        from={draft.form.from}
        to={draft.form.to}
        onChange={draft.set}
        required={field?.required ?? false}
        mostDays={longestPeriod(fields)}
        problems={{
          from: problemAt('date_range_from'),
          to: problemAt('date_range_to', ...(field ? [`answers.${field.name}`] : [])),
        }}
      />
    </div>
  )
}
