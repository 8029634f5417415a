/** The answers to an item's questions, in the item's order and words. */
export interface AnswerRow {
  name: string
  label: string
  value: string | number | null
}

interface Field {
  name: string
  label: string | Record<string, string>
  choices?: readonly (string | { value: string; label?: string | Record<string, string> })[] | null
}

/** `fields` are the item's `required_fields` as they were then; answers to questions that are gone keep their names. */
export function answerRows(
  answers: Readonly<Record<string, unknown>>,
  fields: readonly unknown[],
  locale: string,
): AnswerRow[] {
  const known = fields as readonly Field[]
  const names = [
    ...known.map(({ name }) => name).filter((name) => name in answers),
    ...Object.keys(answers).filter((name) => !known.some((field) => field.name === name)),
  ]
  return names.map((name) => {
    const field = known.find((each) => each.name === name)
    return {
      name,
      label: field ? inWords(field.label, locale, name) : name.replaceAll('_', ' '),
      value: shown(answers[name], field, locale),
    }
  })
}

function inWords(label: string | Record<string, string> | undefined, locale: string, fallback: string): string {
  if (!label) return fallback
  return typeof label === 'string' ? label : (label[locale] ?? label.en ?? fallback)
}

function shown(value: unknown, field: Field | undefined, locale: string): string | number | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.map((each) => shown(each, field, locale)).join(', ')
  if (typeof value === 'object') return Object.values(value).filter(Boolean).join(' – ')
  const choice = field?.choices?.find((each) => typeof each === 'object' && each.value === value)
  return typeof choice === 'object' ? inWords(choice.label, locale, String(value)) : String(value)
}
