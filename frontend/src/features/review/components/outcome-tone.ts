/** One colour for each outcome, wherever it is shown. */
import type { Tone } from '~/domain/status.ts'

export const OUTCOME_TONE: Record<string, Tone> = {
  PENDING: 'quiet',
  DISCLOSED: 'good',
  PARTIAL: 'warn',
  NO_DATA: 'info',
  REJECTED: 'bad',
  INVALID: 'bad',
}
