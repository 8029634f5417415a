/** The list of what officers are asked for: added, ordered and written by keyboard as well as by mouse. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { ToneBadge } from '~/ui/index.ts'
import {
  FIELD_KINDS,
  type FieldForm,
  type FieldKind,
  type FieldProblemAt,
  MOST_FIELDS,
  moved,
  newField,
} from '../fields.ts'
import { useKindWord } from '../use-kind-word.ts'
import css from './editor.module.css'
import { FieldEditor, fieldId } from './FieldEditor.tsx'

interface FieldBuilderProps {
  fields: readonly FieldForm[]
  onChange: (fields: readonly FieldForm[]) => void
  problems: readonly FieldProblemAt[]
  /** Sentences of the server, by a field's key. */
  refused: Readonly<Record<string, readonly string[]>>
  /** The keys of the fields that are open. */
  open: ReadonlySet<string>
  onOpen: (open: ReadonlySet<string>) => void
}

export function FieldBuilder({ fields, onChange, problems, refused, open, onOpen }: FieldBuilderProps) {
  const { t } = useLingui()
  const kindWord = useKindWord()
  const [told, setTold] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const focusHead = (key: string) =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-head="${key}"]`)?.focus())

  const add = (kind: FieldKind) => {
    const field = newField(kind, fields)
    onChange([...fields, field])
    onOpen(new Set([...open, field.key]))
    requestAnimationFrame(() => document.getElementById(fieldId(field.key, 'en'))?.focus())
  }
  const move = (field: FieldForm, step: -1 | 1) => {
    const next = moved(fields, field.key, step)
    const place = next.findIndex((each) => each.key === field.key) + 1
    onChange(next)
    setTold(t`${field.en || field.name} is now at place ${place} of ${next.length}`)
    focusHead(field.key)
  }
  const remove = (field: FieldForm) => {
    const at = fields.findIndex((each) => each.key === field.key)
    const next = fields.filter((each) => each.key !== field.key)
    onChange(next)
    setTold(t`${field.en || field.name} is removed`)
    const neighbour = next[Math.min(at, next.length - 1)]
    if (neighbour) focusHead(neighbour.key)
    else requestAnimationFrame(() => document.getElementById('add-IDENTIFIER')?.focus())
  }
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    onOpen(next)
  }

  return (
    <div className={css.fields}>
      <p className={css.hint}>
        {fields.length === 0 ? (
          <Trans>Officers give the reason and the mandate. Add what else you need to find the data.</Trans>
        ) : (
          <>
            <Plural value={fields.length} one="# field." other="# fields." />{' '}
            <Trans>Alt + arrow up or down moves the one you are at.</Trans>
          </>
        )}
      </p>
      <ul className={css.list} ref={list} aria-label={t`Fields`}>
        {fields.map((field, place) => (
          <li key={field.key}>
            <FieldRow
              field={field}
              fields={fields}
              first={place === 0}
              last={place === fields.length - 1}
              open={open.has(field.key)}
              problems={problems.filter((each) => each.key === field.key)}
              refused={refused[field.key] ?? []}
              onToggle={() => toggle(field.key)}
              onMove={(step) => move(field, step)}
              onRemove={() => remove(field)}
              onChange={(next) => onChange(fields.map((each) => (each.key === field.key ? next : each)))}
            />
          </li>
        ))}
      </ul>
      <p className="l-visually-hidden" role="status">
        {told}
      </p>
      {fields.length < MOST_FIELDS && (
        <fieldset className={css.add}>
          <legend className="l-visually-hidden">
            <Trans>Add a field</Trans>
          </legend>
          {FIELD_KINDS.map((kind) => (
            <Button
              key={kind}
              id={`add-${kind}`}
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => add(kind)}
            >
              {kindWord(kind)}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

interface FieldRowProps {
  field: FieldForm
  fields: readonly FieldForm[]
  first: boolean
  last: boolean
  open: boolean
  problems: readonly FieldProblemAt[]
  refused: readonly string[]
  onToggle: () => void
  onMove: (step: -1 | 1) => void
  onRemove: () => void
  onChange: (field: FieldForm) => void
}

function FieldRow(props: FieldRowProps) {
  const { field, fields, first, last, open, problems, refused, onToggle, onMove, onRemove, onChange } = props
  const { t } = useLingui()
  const kindWord = useKindWord()
  const name = field.en || t`Field without a label`
  const onKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const step = event.key === 'ArrowUp' ? -1 : 1
    if ((step === -1 && !first) || (step === 1 && !last)) onMove(step)
  }
  const wrong = problems.length > 0 || refused.length > 0
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys bubble up from the buttons and fields inside
    <div className={css.field} data-open={open || undefined} data-wrong={wrong || undefined} onKeyDown={onKey}>
      <div className={css.fieldHead}>
        <button
          type="button"
          className={css.fieldOpen}
          data-head={field.key}
          aria-expanded={open}
          aria-controls={`body-${field.key}`}
          onClick={onToggle}
        >
          {open ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
          <span className={css.fieldName}>{name}</span>
          <ToneBadge tone="info">{kindWord(field.kind)}</ToneBadge>
          {!field.required && (
            <ToneBadge tone="quiet">
              <Trans>Optional</Trans>
            </ToneBadge>
          )}
          {wrong && (
            <ToneBadge tone="bad">
              <Trans>To be corrected</Trans>
            </ToneBadge>
          )}
        </button>
        <ActionIcon aria-label={t`Move ${name} up`} disabled={first} onClick={() => onMove(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t`Move ${name} down`} disabled={last} onClick={() => onMove(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t`Remove ${name}`} onClick={onRemove}>
          <IconTrash size={16} />
        </ActionIcon>
      </div>
      <div id={`body-${field.key}`} hidden={!open}>
        {open && (
          <div className={css.fieldBody}>
            <FieldEditor field={field} fields={fields} problems={problems} refused={refused} onChange={onChange} />
          </div>
        )}
      </div>
    </div>
  )
}
