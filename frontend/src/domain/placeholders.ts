/** Blanks that a prepared text leaves open, written `{{case_reference}}`; the draft's officer fills them in. */
const BLANK = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N}\p{M}_ -]{0,58}?)\s*\}\}/gu

/** The names of the blanks, in order, each once. */
export function placeholdersIn(...texts: (string | null | undefined)[]): string[] {
  const names = texts.flatMap((text) => [...(text ?? '').matchAll(BLANK)].map(([, name = '']) => name))
  return [...new Set(names)]
}

/** The text with what is known put in; a blank without a value stays, so that it is seen. */
export const fillPlaceholders = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(BLANK, (blank, name: string) => values[name]?.trim() || blank)

/** A blank's name as people read it: `case_reference` is "case reference". */
export const placeholderLabel = (name: string): string => name.replace(/[_-]+/g, ' ')
