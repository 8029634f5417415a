/** Days of a delegation as moments: it begins with its first day and ends with its last, in India. */
const IST = '+05:30'

/** `2026-11-24`, the day in India. */
export const dayOf = (moment: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(moment))

export interface Days {
  from: string
  until: string
}

export type DayFault = 'from_missing' | 'until_missing' | 'past' | 'backwards'

export function dayFault({ from, until }: Days, today: string): DayFault | null {
  if (!from) return 'from_missing'
  if (!until) return 'until_missing'
  if (until < today) return 'past'
  return until < from ? 'backwards' : null
}

/** The first day counts from its beginning, today from now on: nothing is delegated backwards. */
export function momentsOf({ from, until }: Days, now: number): { valid_from?: string; valid_until: string } {
  const start = Date.parse(`${from}T00:00:00${IST}`)
  return {
    ...(start > now ? { valid_from: new Date(start).toISOString() } : {}),
    valid_until: new Date(`${until}T23:59:59${IST}`).toISOString(),
  }
}

export type DelegationState = 'active' | 'coming' | 'over'

/** `active` is what the server said when it was asked: the clock of the screen ticks too slowly for what just began. */
export function stateOf(
  delegation: { valid_from: string; valid_until: string; active: boolean },
  now: number,
): DelegationState {
  if (Date.parse(delegation.valid_until) <= now) return 'over'
  return delegation.active || Date.parse(delegation.valid_from) <= now ? 'active' : 'coming'
}
