/** What an answer about an identifier can be, and which reasons go with it. */
import type { Answer, Outcome, ReasonCode } from './draft.ts'

export const OUTCOMES: readonly Outcome[] = ['DISCLOSED', 'PARTIAL', 'NO_DATA', 'REJECTED', 'INVALID']

/** The reasons that make sense, the usual one first. The API takes any of them with every outcome but DISCLOSED. */
export const REASONS: Record<Outcome, readonly ReasonCode[]> = {
  DISCLOSED: [],
  PARTIAL: ['DATA_EXPIRED', 'DATA_NOT_HELD', 'OVERBROAD', 'MANDATE_INSUFFICIENT', 'OTHER'],
  NO_DATA: ['DATA_NOT_HELD', 'DATA_EXPIRED', 'IDENTIFIER_NOT_OURS', 'OTHER'],
  REJECTED: [
    'MANDATE_INSUFFICIENT',
    'MANDATE_MISSING',
    'OVERBROAD',
    'JURISDICTION',
    'WRONG_ENTITY',
    'DUPLICATE',
    'SUSPECTED_FRAUD',
    'OTHER',
  ],
  INVALID: ['IDENTIFIER_INVALID', 'INSUFFICIENT_DETAIL', 'IDENTIFIER_NOT_OURS', 'OTHER'],
}

/** An outcome that gives nothing says why. */
export const needsReason = (outcome: Outcome): boolean => outcome === 'REJECTED' || outcome === 'INVALID'

/** Choose an outcome; a reason that does not go with it is dropped. */
export function answered(before: Answer | undefined, outcome: Outcome): Answer {
  const reason = before?.reason && REASONS[outcome].includes(before.reason) ? before.reason : null
  return { outcome, reason }
}

/** All that have no answer yet get this one. */
export function answerRest(
  answers: Readonly<Record<string, Answer>>,
  ids: readonly string[],
  outcome: Outcome,
): Record<string, Answer> {
  const rest = ids.filter((id) => !answers[id]).map((id) => [id, { outcome, reason: null }] as const)
  return { ...answers, ...Object.fromEntries(rest) }
}

interface Earlier {
  status: string
  response_number: string
  outcomes: readonly { identifier_id: string; outcome: string }[]
}

/** Identifiers that an earlier part answered, which still stands: they need no answer again. */
export function answeredBefore(responses: readonly Earlier[]): Map<string, { outcome: string; number: string }> {
  return new Map(
    responses
      .filter(({ status }) => status !== 'REJECTED')
      .flatMap(({ outcomes, response_number }) =>
        outcomes.map((each) => [each.identifier_id, { outcome: each.outcome, number: response_number }] as const),
      ),
  )
}
