/** RFC 8785: the one text of a JSON value that everybody can write again, byte for byte. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json | undefined }

/** Write a value as RFC 8785 text. Numbers and strings are written as ECMAScript does, as the RFC says. */
export function canonicalise(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('JSON has no number for this.')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(canonicalise).join(',')}]`
  // The default order of `sort` compares UTF-16 code units, which is the order of the RFC.
  const members = Object.entries(value as Record<string, Json | undefined>)
    .filter((member): member is [string, Json] => member[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${quote(name)}:${canonicalise(member)}`).join(',')}}`
}

function quote(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('A lone surrogate has no UTF-8 form.')
  return JSON.stringify(text)
}

/** The value of a text that is in canonical form; null when it is no JSON, or another form of it. */
export function readCanonical(text: string): Json | null {
  try {
    const value = JSON.parse(text) as Json
    return canonicalise(value) === text ? value : null
  } catch {
    return null
  }
}
