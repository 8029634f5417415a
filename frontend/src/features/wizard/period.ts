/** Days of a period, counted as plain dates: no time zone moves them. */
const DAY_MS = 86_400_000

const asUtc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const asDay = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Today in India, by a moment of the server's clock. */
export const todayInIndia = (now: number): string => asDay(now + 5.5 * 3_600_000)

export const addDays = (day: string, days: number): string => asDay(asUtc(day) + days * DAY_MS)

/** First and last day both count. */
export const daysBetween = (from: string, to: string): number => Math.round((asUtc(to) - asUtc(from)) / DAY_MS) + 1

export type PeriodFault = 'incomplete' | 'reversed' | 'future' | 'too_long'

/** What speaks against a period, told while it is chosen. */
export function periodFault(from: string, to: string, today: string, mostDays: number | null): PeriodFault | null {
  if (!from && !to) return null
  if (!from || !to) return 'incomplete'
  if (to < from) return 'reversed'
  if (from > today) return 'future'
  return mostDays !== null && daysBetween(from, to) > mostDays ? 'too_long' : null
}

/** The last so many whole days, up to yesterday: today's records are not complete. */
export function lastDays(today: string, days: number): { from: string; to: string } {
  return { from: addDays(today, -days), to: addDays(today, -1) }
}
