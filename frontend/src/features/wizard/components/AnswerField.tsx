/** One thing that an item asks for, as the field of its kind. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect, Radio, Textarea, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, formatPlainDate } from '~/i18n/index.ts'
import { inLanguage, type RequiredField } from '../required-fields.ts'
import css from './wizard.module.css'

interface AnswerFieldProps {
  field: RequiredField
  value: unknown
  onChange: (value: unknown) => void
  problem?: string
  disabled?: boolean
}

const MOST_RADIOS = 5

/** A label that says when a field may stay empty. */
export function FieldLabel({ children, required }: { children: ReactNode; required: boolean }) {
  if (required) return <>{children}</>
  return (
    <>
      {children}{' '}
      <span className={css.optional}>
        <Trans>(optional)</Trans>
      </span>
    </>
  )
}

export function AnswerField({ field, value, onChange, problem, disabled }: AnswerFieldProps) {
  const { i18n } = useLingui()
  const common = {
    id: `answer-${field.name}`,
    label: <FieldLabel required={field.required}>{inLanguage(field.label, i18n.locale)}</FieldLabel>,
    description: field.help ? inLanguage(field.help, i18n.locale) : undefined,
    error: problem,
    disabled,
  }
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (field.kind === 'CHOICE') return <ChoiceField common={common} field={field} value={text} onChange={onChange} />
  if (field.kind === 'NUMBER') return <NumberField common={common} value={text} onChange={onChange} />
  if (field.kind === 'DATE') {
    return (
      <TextInput
        {...common}
        type="date"
        value={text}
        rightSectionWidth={0}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        description={text ? formatPlainDate(text) : common.description}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <Textarea
      {...common}
      minRows={2}
      maxRows={12}
      maxLength={4000}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

interface PartProps {
  common: { id: string; label: ReactNode; description?: string; error?: string; disabled?: boolean }
  value: string
  onChange: (value: unknown) => void
}

/** Kept as a number once it is one; what is not yet stays as it was typed, and the server says so. */
function NumberField({ common, value, onChange }: PartProps) {
  const number = Number(value)
  const isNumber = value.trim() !== '' && Number.isFinite(number)
  return (
    <TextInput
      {...common}
      inputMode="decimal"
      maxLength={30}
      value={value}
      description={isNumber && Math.abs(number) >= 1000 ? formatNumber(number, 2) : common.description}
      onChange={(event) => {
        const text = event.currentTarget.value
        // "12." and "1e" are on their way to a number: what is shown must stay as it is typed.
        const found = Number(text)
        onChange(text.trim() !== '' && String(found) === text ? found : text)
      }}
    />
  )
}

function ChoiceField({ common, field, value, onChange }: PartProps & { field: RequiredField }) {
  const { i18n } = useLingui()
  const options = field.choices.map((choice) => ({ value: choice.value, label: inLanguage(choice.label, i18n.locale) }))
  if (options.length > MOST_RADIOS) {
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: '–' }, ...options]}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  return (
    <Radio.Group {...common} value={value} onChange={onChange}>
      <div className={css.presets}>
        {options.map((option, place) => (
          <Radio
            key={option.value}
            value={option.value}
            label={option.label}
            disabled={common.disabled}
            // The summary of errors leads to the first of them.
            id={place === 0 ? common.id : undefined}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
