/** One thing that officers are asked for: its labels, its help, and what its kind needs. */

import { useLingui as useI18n } from '@lingui/react'
import { useLingui } from '@lingui/react/macro'
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { IdentifierType } from '~/domain/identifiers.ts'
import { terms } from '~/i18n/index.ts'
import { CheckList } from '~/ui/index.ts'
import { useFaultWord } from '../fault-words.ts'
import {
  choicesFrom,
  choicesText,
  FIELD_KINDS,
  type FieldForm,
  type FieldKind,
  type FieldProblemAt,
  relabel,
} from '../fields.ts'
import { useKindWord } from '../use-kind-word.ts'
import css from './editor.module.css'
import { WholeNumber } from './WholeNumber.tsx'

export const fieldId = (key: string, part: FieldProblemAt['part']): string => `field-${key}-${part}`

interface FieldEditorProps {
  field: FieldForm
  fields: readonly FieldForm[]
  problems: readonly FieldProblemAt[]
  refused: readonly string[]
  onChange: (field: FieldForm) => void
}

export function FieldEditor({ field, fields, problems, refused, onChange }: FieldEditorProps) {
  const { t } = useLingui()
  const kindWord = useKindWord()
  const faultWord = useFaultWord()
  const set = (part: Partial<FieldForm>) => onChange({ ...field, ...part })
  const errorOf = (part: FieldProblemAt['part']) => {
    const found = problems.find((each) => each.part === part)
    return found && faultWord(found.fault)
  }
  const id = (part: FieldProblemAt['part']) => fieldId(field.key, part)
  return (
    <div className={css.fields}>
      {refused.map((sentence) => (
        <p key={sentence} className={css.hint} role="alert">
          {sentence}
        </p>
      ))}
      <div className={css.row}>
        <TextInput
          id={id('en')}
          label={t`Label in English`}
          value={field.en}
          maxLength={200}
          autoComplete="off"
          error={errorOf('en')}
          onChange={(event) => onChange(relabel(field, event.currentTarget.value, fields))}
        />
        <TextInput
          label={t`Label in Hindi (optional)`}
          lang="hi"
          value={field.hi}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => set({ hi: event.currentTarget.value })}
        />
      </div>
      <div className={css.row}>
        <NativeSelect
          id={id('kind')}
          label={t`Kind of answer`}
          data={FIELD_KINDS.map((value) => ({ value, label: kindWord(value) }))}
          value={field.kind}
          error={errorOf('kind')}
          onChange={(event) => set({ kind: event.currentTarget.value as FieldKind })}
        />
        <TextInput
          id={id('name')}
          label={t`Name in the data`}
          value={field.name}
          maxLength={60}
          spellCheck={false}
          autoComplete="off"
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </div>
      <KindPart field={field} set={set} errorOf={errorOf} />
      <div className={css.row}>
        <TextInput
          label={t`Help in English (optional)`}
          value={field.helpEn}
          maxLength={field.helpHi ? 200 : 1000}
          autoComplete="off"
          onChange={(event) => set({ helpEn: event.currentTarget.value })}
        />
        <TextInput
          label={t`Help in Hindi (optional)`}
          lang="hi"
          value={field.helpHi}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => set({ helpHi: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label={t`Required`}
        description={t`A request cannot be sent for approval without it.`}
        checked={field.required}
        onChange={(event) => set({ required: event.currentTarget.checked })}
      />
    </div>
  )
}

interface KindPartProps {
  field: FieldForm
  set: (part: Partial<FieldForm>) => void
  errorOf: (part: FieldProblemAt['part']) => string | undefined
}

function KindPart({ field, set, errorOf }: KindPartProps) {
  const { t } = useLingui()
  const { i18n } = useI18n()
  if (field.kind === 'IDENTIFIER') {
    return (
      <fieldset className={css.kinds}>
        <legend>{t`Identifiers that are taken`}</legend>
        <p className={css.hint}>
          {t`None chosen: all. Each is checked as it is typed, as a PAN, an IMEI, an IFSC code is.`}
        </p>
        <CheckList
          items={terms(i18n, 'identifierType').map(({ value, label }) => ({
            value,
            label,
            checked: field.identifierTypes.some((each) => each === value),
          }))}
          onToggle={(value, checked) =>
            set({
              identifierTypes: checked
                ? [...field.identifierTypes, value as IdentifierType]
                : field.identifierTypes.filter((each) => each !== value),
            })
          }
        />
      </fieldset>
    )
  }
  if (field.kind === 'PERIOD') {
    return (
      <WholeNumber
        id={`field-${field.key}-maxDays`}
        label={t`Longest period, in days (optional)`}
        value={field.maxDays}
        error={errorOf('maxDays')}
        onChange={(maxDays) => set({ maxDays })}
      />
    )
  }
  if (field.kind === 'CHOICE') return <Choices key={field.key} field={field} set={set} error={errorOf('choices')} />
  return null
}

/** Typed freely; what is not yet a choice stays in the box as it is written. */
function Choices({ field, set, error }: Omit<KindPartProps, 'errorOf'> & { error: string | undefined }) {
  const { t } = useLingui()
  const [text, setText] = useState(() => choicesText(field.choices))
  return (
    <Textarea
      id={`field-${field.key}-choices`}
      label={t`Choices, one a line`}
      description={t`value | label in English | label in Hindi; the labels are optional`}
      value={text}
      spellCheck={false}
      minRows={3}
      maxRows={12}
      error={error}
      onChange={(event) => {
        setText(event.currentTarget.value)
        set({ choices: choicesFrom(event.currentTarget.value) })
      }}
    />
  )
}
