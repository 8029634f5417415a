/** What an item asks for, as the builder holds it: operations on the list, and the rules that the server has, too. */
import type { Schema } from '~/api/index.ts'
import type { IdentifierType } from '~/domain/identifiers.ts'
import { type RequiredField, readFields } from '~/features/wizard/index.ts'

export type FieldKind = RequiredField['kind']
export const FIELD_KINDS = [
  'IDENTIFIER',
  'PERIOD',
  'TEXT',
  'NUMBER',
  'DATE',
  'CHOICE',
] as const satisfies readonly FieldKind[]
type Words = RequiredField['label']

export type RawField = Schema<'RequiredField'>

export interface ChoiceForm {
  value: string
  en: string
  hi: string
}

export interface FieldForm {
  /** Its identity while it is edited: names change, places too. */
  key: string
  name: string
  kind: FieldKind
  en: string
  hi: string
  helpEn: string
  helpHi: string
  required: boolean
  identifierTypes: IdentifierType[]
  choices: ChoiceForm[]
  maxDays: number | null
}

export const MOST_FIELDS = 40
export const LONGEST_PERIOD = 3660
const NAME = /^[a-zA-Z][a-zA-Z0-9_]{0,59}$/

let last = 0
const newKey = () => `f${++last}`

const textIn = (words: Words | undefined, language: 'en' | 'hi'): string =>
  typeof words === 'string' ? (language === 'en' ? words : '') : (words?.[language] ?? '')

export function fieldsFrom(raw: readonly unknown[]): FieldForm[] {
  return readFields(raw).map((field) => ({
    key: newKey(),
    name: field.name,
    kind: field.kind,
    en: textIn(field.label, 'en'),
    hi: textIn(field.label, 'hi'),
    helpEn: textIn(field.help, 'en'),
    helpHi: textIn(field.help, 'hi'),
    required: field.required,
    identifierTypes: field.identifierTypes,
    choices: field.choices.map(({ value, label }) => ({ value, en: textIn(label, 'en'), hi: textIn(label, 'hi') })),
    maxDays: field.maxDays ?? null,
  }))
}

const words = (en: string, hi: string) => ({ en: en.trim(), ...(hi.trim() && { hi: hi.trim() }) })

/** A field as the API takes it; only what its kind has. */
export function rawOf(field: FieldForm): RawField {
  const help = field.helpHi.trim() ? words(field.helpEn, field.helpHi) : field.helpEn.trim()
  return {
    name: field.name,
    label: words(field.en, field.hi),
    kind: field.kind,
    required: field.required,
    ...(help && { help: help as RawField['help'] }),
    ...(field.kind === 'IDENTIFIER' && { identifier_types: field.identifierTypes }),
    ...(field.kind === 'CHOICE' && {
      choices: field.choices.map(({ value, en, hi }) => ({ value: value.trim(), label: words(en || value, hi) })),
    }),
    ...(field.kind === 'PERIOD' && field.maxDays !== null && { max_days: field.maxDays }),
  }
}

/** A name for the data, made of the label: `Mobile number` is `mobile_number`; another one where it is taken. */
export function nameFor(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFKD')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .replace(/^[^a-zA-Z]+|_+$/g, '')
    .toLowerCase()
    .slice(0, 56)
  const base = plain || 'field'
  let name = base
  for (let number = 2; taken.includes(name); number += 1) name = `${base}_${number}`
  return name
}

export function newField(kind: FieldKind, fields: readonly FieldForm[], label = ''): FieldForm {
  return {
    key: newKey(),
    name: nameFor(
      label || kind.toLowerCase(),
      fields.map((field) => field.name),
    ),
    kind,
    en: label,
    hi: '',
    helpEn: '',
    helpHi: '',
    required: true,
    identifierTypes: [],
    choices: [],
    maxDays: null,
  }
}

/** A new label names the data anew, as long as nobody named it by hand. */
export function relabel(field: FieldForm, en: string, fields: readonly FieldForm[]): FieldForm {
  const others = fields.filter((each) => each.key !== field.key).map((each) => each.name)
  const made = nameFor(field.en || field.kind.toLowerCase(), others)
  return { ...field, en, name: field.name === made ? nameFor(en || field.kind.toLowerCase(), others) : field.name }
}

export function moved<T extends { key: string }>(list: readonly T[], key: string, step: -1 | 1): T[] {
  const from = list.findIndex((each) => each.key === key)
  const to = from + step
  const found = [...list]
  const [one, other] = [found[from], found[to]]
  if (!one || !other) return found
  found[from] = other
  found[to] = one
  return found
}

export type FieldFault =
  | 'label'
  | 'name'
  | 'name_taken'
  | 'no_choices'
  | 'choice_empty'
  | 'choice_twice'
  | 'second_period'
  | 'max_days'
export interface FieldProblemAt {
  key: string
  part: 'en' | 'name' | 'choices' | 'kind' | 'maxDays'
  fault: FieldFault
}

/** Everything that the server would refuse, found before it is asked. */
export function faultsOf(fields: readonly FieldForm[]): FieldProblemAt[] {
  const period = fields.find((field) => field.kind === 'PERIOD')
  return fields.flatMap((field) => {
    const { key } = field
    const found: FieldProblemAt[] = []
    if (!field.en.trim()) found.push({ key, part: 'en', fault: 'label' })
    if (!NAME.test(field.name)) found.push({ key, part: 'name', fault: 'name' })
    else if (fields.some((each) => each.key !== key && each.name === field.name)) {
      found.push({ key, part: 'name', fault: 'name_taken' })
    }
    if (field.kind === 'CHOICE') found.push(...choiceFaults(field))
    if (field.kind === 'PERIOD') {
      if (period?.key !== key) found.push({ key, part: 'kind', fault: 'second_period' })
      const days = field.maxDays
      if (days !== null && !(Number.isInteger(days) && days >= 1 && days <= LONGEST_PERIOD)) {
        found.push({ key, part: 'maxDays', fault: 'max_days' })
      }
    }
    return found
  })
}

function choiceFaults({ key, choices }: FieldForm): FieldProblemAt[] {
  const values = choices.map((choice) => choice.value.trim())
  if (values.length === 0) return [{ key, part: 'choices', fault: 'no_choices' }]
  if (values.some((value) => value === '')) return [{ key, part: 'choices', fault: 'choice_empty' }]
  if (new Set(values).size < values.length) return [{ key, part: 'choices', fault: 'choice_twice' }]
  return []
}

/** One choice a line: `value`, or `value | label | label in Hindi`. */
export function choicesFrom(text: string): ChoiceForm[] {
  return text.split('\n').flatMap((line) => {
    if (!line.trim()) return []
    const [value = '', en = '', hi = ''] = line.split('|').map((part) => part.trim())
    return [{ value, en, hi }]
  })
}

export const choicesText = (choices: readonly ChoiceForm[]): string =>
  choices.map(({ value, en, hi }) => [value, ...(en || hi ? [en] : []), ...(hi ? [hi] : [])].join(' | ')).join('\n')
