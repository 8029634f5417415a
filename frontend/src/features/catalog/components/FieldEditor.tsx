/** One thing that officers are asked for: its labels, its help, and what its kind needs. */

import { useLingui as useI18n } from '@lingui/react'
import { useLingui } from '@lingui/react/macro'
import { Checkbox, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { IdentifierType } from '~/domain/identifiers.ts'
import { terms } from '~/i18n/index.ts'
import { useFaultWord } from '../fault-words.ts'
import {
  choicesFrom,
  choicesText,
  FIELD_KINDS,
  type FieldForm,
  type FieldKind,
  type FieldProblemAt,
  LONGEST_PERIOD,
  relabel,
} from '../fields.ts'
import { useKindWord } from '../use-kind-word.ts'
import css from './editor.module.css'

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
        <Select
          id={id('kind')}
          label={t`Kind of answer`}
          data={FIELD_KINDS.map((value) => ({ value, label: kindWord(value) }))}
          value={field.kind}
          allowDeselect={false}
          error={errorOf('kind')}
          onChange={(kind) => kind && set({ kind: kind as FieldKind })}
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
      <MultiSelect
        label={t`Identifiers that are taken`}
        description={t`None chosen: all. Each is checked as it is typed, as a PAN, an IMEI, an IFSC code is.`}
        placeholder={field.identifierTypes.length === 0 ? t`All` : undefined}
        data={terms(i18n, 'identifierType')}
        value={field.identifierTypes}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t`Take all` }}
        onChange={(found) => set({ identifierTypes: found as IdentifierType[] })}
      />
    )
  }
  if (field.kind === 'PERIOD') {
    return (
      <NumberInput
        id={`field-${field.key}-maxDays`}
        label={t`Longest period, in days (optional)`}
        value={field.maxDays ?? ''}
        min={1}
        max={LONGEST_PERIOD}
        allowDecimal={false}
        allowNegative={false}
        hideControls
        error={errorOf('maxDays')}
        onChange={(value) => set({ maxDays: typeof value === 'number' ? value : null })}
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
