/** Everything that a catalog item asks for, in the provider's order: what the officer will see of it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconListCheck } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Identifier } from '~/domain/identifiers.ts'
import { EmptyState } from '~/ui/index.ts'
import { type Answers, answered } from '../draft.ts'
import { problemText } from '../problem-words.ts'
import { inLanguage, type RequiredField, readFields } from '../required-fields.ts'
import type { DraftProblem } from '../steps.ts'
import { AnswerField, FieldLabel } from './AnswerField.tsx'
import { IdentifierEditor } from './IdentifierEditor.tsx'
import { PeriodFields } from './PeriodFields.tsx'
import css from './wizard.module.css'

/** What the fields hold. `EMPTY_FORM_VALUE` to begin with. */
export interface RequiredFieldsValue {
  answers: Answers
  identifiers: readonly Identifier[]
  from: string
  to: string
}

export const EMPTY_FORM_VALUE: RequiredFieldsValue = { answers: {}, identifiers: [], from: '', to: '' }

export interface RequiredFieldsFormProps {
  /** `required_fields` of an item, as the API has them; one that is half written is left out. */
  fields: readonly unknown[]
  value: RequiredFieldsValue
  onChange: (value: RequiredFieldsValue) => void
  problems?: readonly DraftProblem[]
  disabled?: boolean
}

export function RequiredFieldsForm({ fields: raw, value, onChange, problems = [], disabled }: RequiredFieldsFormProps) {
  const fields = useMemo(() => readFields(raw), [raw])
  const set = (part: Partial<RequiredFieldsValue>) => onChange({ ...value, ...part })
  if (fields.length === 0) {
    return (
      <EmptyState icon={<IconListCheck size={22} />} title={<Trans>Nothing is asked for yet</Trans>}>
        <Trans>The officer only gives the reason and the mandate.</Trans>
      </EmptyState>
    )
  }
  return (
    <div className={css.fields}>
      {fields.map((field) => (
        <Field key={field.name} field={field} value={value} set={set} problems={problems} disabled={disabled} />
      ))}
    </div>
  )
}

interface FieldProps {
  field: RequiredField
  value: RequiredFieldsValue
  set: (part: Partial<RequiredFieldsValue>) => void
  problems: readonly DraftProblem[]
  disabled?: boolean
}

function Field({ field, value, set, problems, disabled }: FieldProps) {
  const { i18n } = useLingui()
  const label = inLanguage(field.label, i18n.locale)
  if (field.kind === 'IDENTIFIER') {
    return (
      <fieldset className={css.plainFieldset}>
        <legend className={css.legend}>
          <FieldLabel required={field.required}>{label}</FieldLabel>
        </legend>
        {field.help && <p className={css.hint}>{inLanguage(field.help, i18n.locale)}</p>}
        <IdentifierEditor
          // A field whose types are edited begins anew: its form holds one of them.
          key={field.identifierTypes.join()}
          allowed={field.identifierTypes}
          rows={value.identifiers}
          onChange={(identifiers) => set({ identifiers })}
          problems={problems}
          settled
          inputId={`answer-${field.name}`}
          disabled={disabled}
        />
      </fieldset>
    )
  }
  if (field.kind === 'PERIOD') {
    return (
      <PeriodFields
        legend={label}
        from={value.from}
        to={value.to}
        onChange={set}
        required={field.required}
        mostDays={field.maxDays ?? null}
        disabled={disabled}
      />
    )
  }
  const problem = problems.find((each) => each.field === `answers.${field.name}`)
  return (
    <AnswerField
      field={field}
      value={value.answers[field.name]}
      onChange={(answer) => set({ answers: answered(value.answers, field.name, answer) })}
      problem={problem && problemText(i18n, problem, [field])}
      disabled={disabled}
    />
  )
}
