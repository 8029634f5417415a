/** A text with blanks: buttons put them in where the cursor stands. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { type ReactNode, useRef } from 'react'
import { placeholderLabel } from '~/domain/placeholders.ts'
import { KNOWN_BLANKS, withBlank } from '../template-form.ts'
import css from './templates.module.css'

interface BlankTextProps {
  id: string
  label: string
  description?: ReactNode
  value: string
  maxLength: number
  disabled?: boolean
  onChange: (value: string) => void
}

export function BlankText({ id, label, description, value, maxLength, disabled, onChange }: BlankTextProps) {
  const { t } = useLingui()
  const field = useRef<HTMLTextAreaElement>(null)
  const put = (name: string) => {
    const area = field.current
    const [from, to] = area ? [area.selectionStart, area.selectionEnd] : [value.length, value.length]
    const next = withBlank(value, from, to, name)
    onChange(next.value)
    requestAnimationFrame(() => {
      area?.focus()
      area?.setSelectionRange(next.cursor, next.cursor)
    })
  }
  return (
    <div className={css.fields}>
      <Textarea
        ref={field}
        id={id}
        label={label}
        description={description}
        value={value}
        minRows={4}
        maxRows={16}
        maxLength={maxLength}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {!disabled && (
        <fieldset className={css.blanks}>
          <legend className="l-visually-hidden">{t`Put a blank into “${label}”`}</legend>
          <span className={css.hint} aria-hidden>
            <Trans>Put in a blank:</Trans>
          </span>
          {KNOWN_BLANKS.map((name) => (
            <Button key={name} variant="default" size="compact-xs" onClick={() => put(name)}>
              {placeholderLabel(name)}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}
