/** One identifier, entered or changed: what is wrong is told while it is typed, and the sentence says what to do. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import {
  checkIdentifier,
  IDENTIFIER_TYPES,
  type Identifier,
  type IdentifierField,
  type IdentifierProblem,
  type IdentifierType,
  identityOf,
  isIdentifierType,
  NEVER_SENT,
} from '~/domain/identifiers.ts'
import { formatExact, useTerm } from '~/i18n/index.ts'
import { HINTS } from '../identifier-words.ts'
import { fromIstInput, toIstInput } from '../ist.ts'
import { useSentences } from '../use-verdicts.ts'
import { FieldLabel } from './AnswerField.tsx'
import css from './wizard.module.css'

interface IdentifierFormProps {
  /** What is changed; a new one without it. */
  start?: Identifier
  /** The types that the item takes; none: all. */
  allowed: readonly IdentifierType[]
  /** The others of the list: the same one twice is told. */
  others: readonly Identifier[]
  mandate: string | null
  onDone: (item: Identifier) => void
  onCancel?: () => void
  extra?: ReactNode
  /** The id of the value's field, for links of an error summary. */
  inputId?: string
}

export function IdentifierForm({
  start,
  allowed,
  others,
  mandate,
  onDone,
  onCancel,
  extra,
  inputId,
}: IdentifierFormProps) {
  const { t } = useLingui()
  const types = allowed.length > 0 ? allowed : IDENTIFIER_TYPES
  const empty: Identifier = { type: types[0] ?? 'OTHER', value: '' }
  const [item, setItem] = useState<Identifier>(start ?? empty)
  const [asked, setAsked] = useState(start !== undefined)
  const value = useRef<HTMLInputElement>(null)
  const set = (part: Partial<Identifier>) => setItem((now) => ({ ...now, ...part }))

  const problems = checkIdentifier(item, { mandate })
  if (others.some((other) => identityOf(other) === identityOf(item)))
    problems.push({ field: 'value', code: 'duplicate' })
  const shown = asked ? problems : []
  const refused = problems.some((each) => NEVER_SENT.has(each.code) || each.code === 'duplicate')

  const done = (anyway: boolean) => {
    setAsked(true)
    if (refused || (problems.length > 0 && !anyway)) return value.current?.focus()
    onDone({ ...item, value: item.value.trim() })
    setItem({ ...empty, type: item.type })
    setAsked(false)
    value.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel?.()
    const typing = event.target instanceof HTMLInputElement && event.target.role !== 'combobox'
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented || !typing) return
    // Enter adds the row; the form around must not be sent by it.
    event.preventDefault()
    done(false)
  }
  return (
    <fieldset className={css.idForm} onKeyDown={onKeyDown}>
      <legend className="l-visually-hidden">{start ? t`Change an identifier` : t`New identifier`}</legend>
      <ValueFields
        id={inputId}
        item={item}
        types={types}
        set={set}
        problems={shown}
        input={value}
        onBlur={() => setAsked(item.value !== '')}
        sound={item.value !== '' && problems.length === 0}
      />
      {item.type === 'IP' && <ConnectionFields item={item} set={set} problems={shown} />}
      <TextInput
        label={<FieldLabel required={false}>{t`Note for the provider`}</FieldLabel>}
        maxLength={1000}
        value={item.note ?? ''}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <div className={css.buttons}>
        <Button onClick={() => done(false)}>{start ? <Trans>Keep this</Trans> : <Trans>Add to the list</Trans>}</Button>
        {shown.length > 0 && !refused && (
          <Button variant="default" onClick={() => done(true)}>
            <Trans>Add it all the same</Trans>
          </Button>
        )}
        {onCancel && (
          <Button variant="subtle" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
        )}
        {extra}
      </div>
    </fieldset>
  )
}

interface PartProps {
  item: Identifier
  set: (part: Partial<Identifier>) => void
  problems: readonly IdentifierProblem[]
}

function useFieldError(problems: readonly IdentifierProblem[]) {
  const sentence = useSentences()
  return (field: IdentifierField) => {
    const found = problems.filter((each) => each.field === field).map((each) => sentence(each.code))
    return found.length > 0 ? found.join(' ') : undefined
  }
}

interface ValueFieldsProps extends PartProps {
  id?: string
  types: readonly IdentifierType[]
  input: { current: HTMLInputElement | null }
  onBlur: () => void
  sound: boolean
}

function ValueFields({ id, item, types, set, problems, input, onBlur, sound }: ValueFieldsProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const errorOf = useFieldError(problems)
  const hint = HINTS[item.type]
  return (
    <div className={css.idFormRow}>
      {types.length > 1 && (
        <NativeSelect
          className={css.kind}
          label={t`Kind`}
          data={types.map((type) => ({ value: type, label: term('identifierType', type) }))}
          value={item.type}
          onChange={({ currentTarget: { value: type } }) => isIdentifierType(type) && set({ type })}
        />
      )}
      <TextInput
        ref={input}
        id={id}
        label={types.length > 1 ? t`Identifier` : term('identifierType', item.type)}
        description={hint && i18n._(hint)}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={2048}
        value={item.value}
        error={errorOf('value')}
        onBlur={onBlur}
        onChange={(event) => set({ value: event.currentTarget.value })}
        rightSection={sound && <IconCircleCheck className={css.good} size={18} aria-label={t`In order`} />}
      />
    </div>
  )
}

/** What tells one subscriber from the thousands behind an address. */
function ConnectionFields({ item, set, problems }: PartProps) {
  const { t } = useLingui()
  const errorOf = useFieldError(problems)
  const time = { type: 'datetime-local', step: 1 } as const
  return (
    <div className={css.idFormRow}>
      <TextInput
        className={css.narrow}
        label={t`Source port`}
        description={t`1 to 65535`}
        inputMode="numeric"
        maxLength={5}
        value={item.port ?? ''}
        error={errorOf('port')}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '')
          set({ port: digits === '' ? null : Number(digits) })
        }}
      />
      <TextInput
        {...time}
        label={t`Start (IST)`}
        value={toIstInput(item.from)}
        description={item.from ? formatExact(item.from) : t`With seconds`}
        error={errorOf('from')}
        onChange={(event) => set({ from: fromIstInput(event.currentTarget.value) })}
      />
      <TextInput
        {...time}
        label={t`End (IST)`}
        value={toIstInput(item.to)}
        description={item.to ? formatExact(item.to) : t`With seconds`}
        error={errorOf('to')}
        onChange={(event) => set({ to: fromIstInput(event.currentTarget.value) })}
      />
    </div>
  )
}
