/** Which steps a request offers to its reader, and which of them is the one to take. Rights come from `abilities`. */
import type { Schema } from '~/api/index.ts'

type Abilities = Schema<'RequestOut'>['abilities']

/** Steps that are taken in a dialog here. */
export const DIALOG_STEPS = [
  'submit_for_approval',
  'submit',
  'acknowledge',
  'start',
  'complete',
  'grant_extension',
  'confirm_challenge',
  'assign',
  'request_info',
  'request_extension',
  'challenge',
  'decline',
  'request_changes',
  'reject',
  'withdraw',
  'cancel',
  'delete',
] as const
export type DialogStep = (typeof DIALOG_STEPS)[number]

/** Steps that have a screen of their own. */
export type PageStep = 'update' | 'approve' | 'respond' | 'review_response' | 'answer'
export type Step = DialogStep | PageStep

/** What the choice depends on, beside the abilities. */
export interface StepFacts {
  status: string
  abilities: Partial<Abilities> & { answer?: boolean }
  problems?: readonly unknown[] | null
}
export interface OpenMatters {
  /** The provider asked for more time and has no answer yet. */
  extensionAsked?: boolean
  /** The provider asked a question, and the clock waits for the answer. */
  questionAsked?: boolean
  /** The provider doubts the request, and the clock waits. */
  challenged?: boolean
  /** A response that nobody has decided on. */
  responseToReview?: string | null
}

// The order of the life cycle: the first that is allowed is the one to take. What ends a request never leads.
const LEADING: readonly Step[] = [
  'confirm_challenge',
  'grant_extension',
  'answer',
  'submit_for_approval',
  'update',
  'approve',
  'submit',
  'acknowledge',
  'start',
  'respond',
  'review_response',
  'complete',
]
const FOLLOWING: readonly Step[] = [
  'assign',
  'request_info',
  'request_extension',
  'challenge',
  'request_changes',
  'reject',
  'decline',
  'withdraw',
  'cancel',
  'delete',
]

export interface Offer {
  primary: Step | null
  /** The others, those that end the request last. */
  others: Step[]
}

/** Steps that end the request or send it back: they stand apart and ask for a reason. */
export const ENDING: ReadonlySet<Step> = new Set<Step>(['reject', 'decline', 'withdraw', 'cancel', 'delete'])

export function offer(request: StepFacts, open: OpenMatters = {}): Offer {
  const { abilities } = request
  const allowed = (step: Step): boolean => {
    // Whoever asks questions does not answer them.
    if (step === 'answer')
      return open.questionAsked === true && Boolean(abilities.chat_write && !abilities.request_info)
    if (!abilities[step]) return false
    if (step === 'grant_extension') return open.extensionAsked === true
    if (step === 'request_extension') return open.extensionAsked !== true
    if (step === 'review_response') return Boolean(open.responseToReview)
    return true
  }
  const leading = LEADING.filter(allowed)
  // A draft with something missing is completed first; one without is sent.
  if ((request.problems?.length ?? 0) > 0) leading.sort((a, b) => Number(b === 'update') - Number(a === 'update'))
  const [primary = null, ...rest] = leading
  return { primary, others: [...rest, ...FOLLOWING.filter(allowed)] }
}

/** Where a step's own screen is; the paths are those of the portal whose users may take it. */
export function pageOf(step: PageStep, requestId: string, open: OpenMatters = {}): string {
  if (step === 'update') return `/requests/${requestId}/edit`
  if (step === 'respond') return `/requests/${requestId}/respond`
  if (step === 'review_response') return `/responses/${open.responseToReview ?? ''}`
  if (step === 'answer') return `/requests/${requestId}`
  return `/approvals/${requestId}`
}

export const isPageStep = (step: Step): step is PageStep => !(DIALOG_STEPS as readonly Step[]).includes(step)

/** What waits for an answer, from the parts of the request that are loaded. */
export function openMatters(
  sla: Pick<Schema<'SlaOut'>, 'extensions' | 'ledger' | 'paused_at'> | undefined,
  responses: readonly Pick<Schema<'ResponseOut'>, 'id' | 'abilities'>[] | undefined,
): OpenMatters {
  return {
    extensionAsked: sla?.extensions.some((wish) => wish.granted === null || wish.granted === undefined) ?? false,
    questionAsked: Boolean(sla?.paused_at) && holds(sla?.ledger ?? [], 'REQUEST_INFO'),
    challenged: Boolean(sla?.paused_at) && holds(sla?.ledger ?? [], 'CHALLENGE'),
    responseToReview: responses?.find((each) => each.abilities.accept)?.id ?? null,
  }
}

function holds(ledger: readonly Schema<'LedgerOut'>[], cause: string): boolean {
  const last = ledger.findLast((entry) => entry.reason === cause && (entry.kind === 'PAUSE' || entry.kind === 'RESUME'))
  return last?.kind === 'PAUSE'
}
