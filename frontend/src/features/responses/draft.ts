/** A response while it is being written, and what is kept of it on this device. */
import type { Schema } from '~/api/index.ts'

export type Outcome = Schema<'OutcomeIn'>['outcome']
export type ReasonCode = NonNullable<Schema<'OutcomeIn'>['reason_code']>

export interface Answer {
  outcome: Outcome
  reason: ReasonCode | null
}

export interface DraftFile {
  id: string
  /** As it was computed in this browser before the file was sent. */
  sha256: string
}

export interface Draft {
  /** `none`: no data is held on any identifier. */
  kind: 'data' | 'none'
  noneReason: ReasonCode | null
  /** By the identifier's id. */
  answers: Readonly<Record<string, Answer>>
  text: string
  remarks: string
  partial: boolean
  files: readonly DraftFile[]
  /** What was ticked off of the last rejection's checklist. */
  done: readonly string[]
}

export const EMPTY: Draft = {
  kind: 'data',
  noneReason: null,
  answers: {},
  text: '',
  remarks: '',
  partial: false,
  files: [],
  done: [],
}

/** Without the files that went with a response already: its answer may have been lost on the way back. */
export function withoutSent(draft: Draft, responses: readonly { files: readonly { id: string }[] }[]): Draft {
  const sent = new Set(responses.flatMap(({ files }) => files.map(({ id }) => id)))
  return draft.files.some(({ id }) => sent.has(id))
    ? { ...draft, files: draft.files.filter(({ id }) => !sent.has(id)) }
    : draft
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (user: string) => `lers-responses:${user}`

function all(storage: Store, user: string): Record<string, Partial<Draft>> {
  try {
    const found: unknown = JSON.parse(storage.getItem(keyOf(user)) ?? '{}')
    return found && typeof found === 'object' ? (found as Record<string, Partial<Draft>>) : {}
  } catch {
    return {}
  }
}

export function readDraft(storage: Store, user: string, requestId: string): Draft {
  return { ...EMPTY, ...all(storage, user)[requestId] }
}

/** Keep a draft; null forgets it. */
export function keepDraft(storage: Store, user: string, requestId: string, draft: Draft | null): void {
  const { [requestId]: _, ...others } = all(storage, user)
  const next = draft ? { ...others, [requestId]: draft } : others
  try {
    if (Object.keys(next).length === 0) storage.removeItem(keyOf(user))
    else storage.setItem(keyOf(user), JSON.stringify(next))
  } catch {
    // A full or forbidden storage: the draft lives as long as the page.
  }
}

export function forgetDrafts(storage: Store, user: string): void {
  storage.removeItem(keyOf(user))
}
