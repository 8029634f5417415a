/** Text of identifiers made plain, as lers_web/domains/requests/identifier_rules/base.py does it. */
const MARKS =
  /^[\s\u00a0\u2000-\u200b\u200e\u200f\u202a-\u202f\u2066-\u2069\u3000\ufeff]+|[\s\u00a0\u2000-\u200b\u200e\u200f\u202a-\u202f\u2066-\u2069\u3000\ufeff]+$/g
const DASHES = /[\u2010-\u2014\u2212]/g

/** Without the blanks and invisible marks that copying out of chats and sheets leaves around a value. */
export const trimmed = (raw: string): string => raw.replace(MARKS, '')

/** The digits of any Indian script as 0-9, and every dash as a hyphen. */
export function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit))).replace(DASHES, '-')
}

/** Decimal digits stand in runs of ten from their zero: step back to where the run begins. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  for (let value = 0; value < 10; value += 1) {
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) return value
  }
  return code % 10
}

/** Without what people put between the groups of a number. */
export function compact(text: string, strip = ' -'): string {
  return [...plainDigits(text)].filter((character) => !strip.includes(character)).join('')
}

/** What no identifier may hold: control characters and hidden marks inside. */
export const hasHiddenCharacters = (text: string): boolean =>
  /[\p{Cc}\p{Cs}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(text)
