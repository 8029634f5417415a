/** What a catalog item asks for, read out of what its provider wrote. */
import { type IdentifierType, isIdentifierType } from '~/domain/identifiers.ts'

export const FIELD_KINDS = ['TEXT', 'NUMBER', 'DATE', 'CHOICE', 'IDENTIFIER', 'PERIOD'] as const
export type FieldKind = (typeof FIELD_KINDS)[number]
export type Words = string | { en: string; hi?: string }

export interface Choice {
  value: string
  label: Words
}

export interface RequiredField {
  name: string
  label: Words
  kind: FieldKind
  required: boolean
  identifierTypes: IdentifierType[]
  choices: Choice[]
  maxDays?: number
  help?: Words
}

type Raw = Record<string, unknown>
const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null

function wordsFrom(value: unknown, otherwise: string): Words {
  if (typeof value === 'string' && value) return value
  if (isRaw(value) && typeof value.en === 'string' && value.en) {
    return typeof value.hi === 'string' ? { en: value.en, hi: value.hi } : { en: value.en }
  }
  return otherwise
}

function choiceFrom(value: unknown): Choice[] {
  if (typeof value === 'string') return [{ value, label: readable(value) }]
  if (!isRaw(value) || typeof value.value !== 'string') return []
  return [{ value: value.value, label: wordsFrom(value.label, readable(value.value)) }]
}

/** `DEBIT_FREEZE` as people write it, where the provider gave no label. */
export function readable(value: string): string {
  if (!/^[A-Z0-9_]+$/.test(value)) return value
  const text = value.toLowerCase().replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Read the fields; what is none is left out, as an editor may be in the middle of writing it. */
export function readFields(raw: readonly unknown[]): RequiredField[] {
  return raw.filter(isRaw).flatMap((each): RequiredField[] => {
    const kind = FIELD_KINDS.find((known) => known === each.kind)
    if (!kind || typeof each.name !== 'string') return []
    return [
      {
        name: each.name,
        label: wordsFrom(each.label, readable(each.name)),
        kind,
        required: each.required !== false,
        identifierTypes: Array.isArray(each.identifier_types) ? each.identifier_types.filter(isIdentifierType) : [],
        choices: Array.isArray(each.choices) ? each.choices.flatMap(choiceFrom) : [],
        ...(typeof each.max_days === 'number' && { maxDays: each.max_days }),
        ...(each.help !== undefined && each.help !== null && { help: wordsFrom(each.help, '') }),
      },
    ]
  })
}

/** A text in the portal's language, else in English. */
export const inLanguage = (words: Words, language: string): string =>
  typeof words === 'string' ? words : (language === 'hi' && words.hi) || words.en

export const isAnswer = (field: RequiredField): boolean => field.kind !== 'IDENTIFIER' && field.kind !== 'PERIOD'

/** The types of identifier that an item takes; none: it takes any. */
export function takenTypes(fields: readonly RequiredField[]): IdentifierType[] {
  const asking = fields.filter((field) => field.kind === 'IDENTIFIER')
  if (asking.some((field) => field.identifierTypes.length === 0)) return []
  return [...new Set(asking.flatMap((field) => field.identifierTypes))]
}

/** The longest period that a provider gives, in days. */
export function longestPeriod(fields: readonly RequiredField[]): number | null {
  const limits = fields.flatMap((field) => (field.maxDays ? [field.maxDays] : []))
  return limits.length > 0 ? Math.min(...limits) : null
}
