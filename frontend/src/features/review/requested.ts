/** What a request asked for beside its identifiers: the things a response can lack. */
type Words = string | Record<string, string>

interface Field {
  kind?: string
  name: string
  label?: Words
  choices?: readonly (string | { value: string; label?: Words })[] | null
}

export interface RequestedField {
  name: string
  label: string
  value: string
}

/** The item's questions that were answered, in its order; identifiers have lines of their own. */
export function requestedFields(
  fields: readonly unknown[],
  answers: Readonly<Record<string, unknown>>,
  locale: string,
): RequestedField[] {
  return (fields as readonly Field[])
    .filter(({ kind, name }) => kind !== 'IDENTIFIER' && isGiven(answers[name]))
    .map((field) => ({
      name: field.name,
      label: inWords(field.label, locale) ?? field.name.replaceAll('_', ' '),
      value: shown(answers[field.name], field, locale),
    }))
}

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '' && value !== false

function inWords(words: Words | undefined, locale: string): string | undefined {
  return typeof words === 'object' ? (words[locale] ?? words.en) : words
}

function shown(value: unknown, field: Field, locale: string): string {
  if (value === true) return '✓'
  if (Array.isArray(value)) return value.map((each) => shown(each, field, locale)).join(', ')
  if (typeof value === 'object' && value !== null) return Object.values(value).filter(Boolean).join(' – ')
  const choice = field.choices?.find((each) => typeof each === 'object' && each.value === value)
  return (typeof choice === 'object' ? inWords(choice.label, locale) : undefined) ?? String(value)
}
