/** The server's clock: every timer on the screen runs by it, so that a wrong clock of the computer misleads nobody. */
let offset = 0

/** Learn from the `Date` header of an answer; `sentAt` and now bracket the moment it was written. */
export function learnServerTime(header: string | null, sentAt: number): void {
  if (!header) return
  const server = Date.parse(header)
  if (Number.isNaN(server)) return
  const here = Date.now()
  // The header has whole seconds: its middle, against the middle of the round trip.
  const found = server + 500 - (sentAt + here) / 2
  if (here - sentAt < 5_000) offset = Math.abs(found) < 1_000 ? 0 : found
}

/** Milliseconds since the epoch, by the server's clock. */
export const serverNow = (): number => Date.now() + offset

/** By how much this computer's clock is behind the server's, in milliseconds. */
export const clockOffset = (): number => offset
