/** Moments as a field of date and time holds them: Indian time to the second, without its zone. */

/** `2026-10-01T08:35:09Z` is 14:05:09 in India; what is no moment gives an empty field. */
export function toIstInput(moment: string | null | undefined): string {
  const at = moment && moment.length > 10 ? Date.parse(moment) : Number.NaN
  return Number.isNaN(at) ? '' : new Date(at + 5.5 * 3_600_000).toISOString().slice(0, 19)
}

/** Browsers leave out seconds that are zero; the API wants them, with the zone. */
export function fromIstInput(text: string): string | null {
  if (!text) return null
  return `${text.length === 16 ? `${text}:00` : text.slice(0, 19)}+05:30`
}
