/** From the draft to what is sent, and what still stands in the way of sending. */
import type { Schema } from '~/api/index.ts'
import type { Draft } from './draft.ts'
import { needsReason } from './outcomes.ts'

export type ResponseContent = Required<
  Pick<Schema<'ResponseIn'>, 'response_text' | 'remarks' | 'file_ids' | 'outcomes' | 'is_partial'>
>

export const MOST_FILES = 50

/** `ids`: the request's identifiers in its order; `open`: those that no earlier part has answered. */
export interface Subject {
  ids: readonly string[]
  open: readonly string[]
}

/** The manifest lists outcomes in the request's order: so does this. */
export function bodyOf(draft: Draft, { ids, open }: Subject): ResponseContent {
  const none = draft.kind === 'none'
  return {
    response_text: draft.text.trim() || null,
    remarks: draft.remarks.trim() || null,
    file_ids: none ? [] : draft.files.map(({ id }) => id),
    outcomes: none
      ? open.map((identifier_id) => ({ identifier_id, outcome: 'NO_DATA', reason_code: draft.noneReason }))
      : ids.flatMap((identifier_id) => {
          const answer = draft.answers[identifier_id]
          return answer ? [{ identifier_id, outcome: answer.outcome, reason_code: answer.reason }] : []
        }),
    is_partial: draft.partial && !none,
  }
}

export interface FileState {
  id: string
  /** Undefined while the server has not told. */
  scan?: string
  sha256?: string | null
}

export type DraftProblem =
  | { code: 'no_reason'; id: string }
  | { code: 'no_outcome'; id: string; count: number }
  | { code: 'none_reason' | 'nothing' | 'too_many' | 'sending' | 'text_needed' }
  | { code: 'scanning'; id: string; count: number }
  | { code: 'infected' | 'other_bytes'; id: string }

/** Everything at once, in the order of the screen. `unsent`: files that have not arrived, on their way or failed. */
export function problemsIn(
  draft: Draft,
  subject: Subject,
  files: readonly FileState[],
  unsent: number,
): DraftProblem[] {
  if (draft.kind === 'none') {
    if (!draft.noneReason) return [{ code: 'none_reason' }]
    return subject.open.length === 0 && !draft.text.trim() ? [{ code: 'text_needed' }] : []
  }
  return [...outcomeProblems(draft, subject), ...fileProblems(draft, files, unsent), ...emptiness(draft)]
}

function outcomeProblems(draft: Draft, { ids, open }: Subject): DraftProblem[] {
  const silent = ids.filter((id) => {
    const answer = draft.answers[id]
    return answer && needsReason(answer.outcome) && !answer.reason
  })
  const missing = draft.partial ? [] : open.filter((id) => !draft.answers[id])
  const [first] = missing
  return [
    ...(first ? [{ code: 'no_outcome' as const, id: first, count: missing.length }] : []),
    ...silent.map((id) => ({ code: 'no_reason' as const, id })),
  ]
}

const READABLE = new Set(['CLEAN', 'UNSCANNED'])
const ON_ITS_WAY = new Set([undefined, 'PENDING'])

function fileProblems(draft: Draft, files: readonly FileState[], unsent: number): DraftProblem[] {
  const found: DraftProblem[] = []
  if (draft.files.length > MOST_FILES) found.push({ code: 'too_many' })
  if (unsent > 0) found.push({ code: 'sending' })
  const waiting = files.filter(({ scan }) => ON_ITS_WAY.has(scan))
  const [first] = waiting
  if (first) found.push({ code: 'scanning', id: first.id, count: waiting.length })
  for (const { id, scan, sha256 } of files) {
    const sent = draft.files.find((file) => file.id === id)
    if (sent && sha256 && sent.sha256 !== sha256) found.push({ code: 'other_bytes', id })
    else if (!ON_ITS_WAY.has(scan) && !READABLE.has(scan as string)) found.push({ code: 'infected', id })
  }
  return found
}

const emptiness = ({ files, answers, text }: Draft): DraftProblem[] =>
  files.length === 0 && Object.keys(answers).length === 0 && !text.trim() ? [{ code: 'nothing' }] : []
