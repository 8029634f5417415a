/** The place of a response in the chain of parts that answer one request. */
interface Part {
  id: string
  is_partial: boolean
  submitted_at: string
  status: string
}

export interface PartPlace {
  number: number
  /** How many parts there are; null while the last one has not come. */
  of: number | null
}

const oldestFirst = <P extends Part>(responses: readonly P[]): P[] =>
  [...responses].sort((a, b) => a.submitted_at.localeCompare(b.submitted_at) || a.id.localeCompare(b.id))

/** A rejected response is no part of the answer: what replaces it takes its place. */
const standing = <P extends Part>(responses: readonly P[]): P[] =>
  oldestFirst(responses).filter(({ status }) => status !== 'REJECTED')

/** Null for a response that is the whole answer, and for a rejected one. */
export function partPlace(id: string, responses: readonly Part[]): PartPlace | null {
  const parts = standing(responses)
  const place = parts.findIndex((part) => part.id === id)
  if (place < 0) return null
  const whole = parts.at(-1)?.is_partial === false
  if (whole && parts.length === 1) return null
  return { number: place + 1, of: whole ? parts.length : null }
}

/** Which part the next response would be. */
export const nextPart = (responses: readonly Part[]): number => standing(responses).length + 1

/** The newest response, if it was rejected: its reasons are what the next one has to mend. */
export function rejectedLast<P extends Part>(responses: readonly P[]): P | null {
  const last = oldestFirst(responses).at(-1)
  return last?.status === 'REJECTED' ? last : null
}
