/** A draft as its form holds it, and what of it has to be saved. */
import type { Schema } from '~/api/index.ts'
import { checkValue, type Identifier, NEVER_SENT } from '~/domain/identifiers.ts'
import { placeholdersIn } from '~/domain/placeholders.ts'

export type DraftOut = Schema<'RequestOut'>
export type DraftPatch = Schema<'RequestIn'>
export type Priority = DraftOut['priority']
export type MandateType = NonNullable<DraftPatch['legal_mandate_type']>
export type Answers = Readonly<Record<string, unknown>>

export interface DraftForm {
  priority: Priority
  caseReference: string
  description: string
  notes: string
  answers: Answers
  /** Null until they are opened: the server shows them masked, and opening them is written into the audit trail. */
  identifiers: readonly Identifier[] | null
  from: string
  to: string
  mandateType: MandateType | null
  courtOrder: string
  mandateFileId: string | null
}

export function formOf(draft: DraftOut): DraftForm {
  return {
    priority: draft.priority,
    caseReference: draft.case_reference ?? '',
    description: draft.description ?? '',
    notes: draft.notes ?? '',
    answers: draft.answers ?? {},
    identifiers: draft.identifiers?.length ? null : [],
    from: draft.date_range_from ?? '',
    to: draft.date_range_to ?? '',
    mandateType: (draft.legal_mandate_type as MandateType | null | undefined) ?? null,
    courtOrder: draft.court_order_number ?? '',
    mandateFileId: draft.legal_mandate_file_id ?? null,
  }
}

const PLAIN = {
  priority: 'priority',
  caseReference: 'case_reference',
  description: 'description',
  notes: 'notes',
  answers: 'answers',
  from: 'date_range_from',
  to: 'date_range_to',
  mandateType: 'legal_mandate_type',
  courtOrder: 'court_order_number',
  mandateFileId: 'legal_mandate_file_id',
} as const satisfies Partial<Record<keyof DraftForm, keyof DraftPatch>>

export type DraftFieldName = keyof typeof PLAIN | 'identifiers'

/** An Aadhaar number is kept by its last four digits only: what comes back cannot be sent again. */
export const isAadhaarRemainder = (item: Identifier): boolean =>
  item.type === 'AADHAAR' && item.value.startsWith('XXXX')

/** Whether a list may be sent at all: some values may not even stand in a draft. */
export const isSendable = (items: readonly Identifier[]): boolean =>
  items.every((item) => {
    const { problem } = checkValue(item.type, item.value)
    return !isAadhaarRemainder(item) && (problem === undefined || !NEVER_SENT.has(problem))
  })

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)

/** The fields in which two states of a form differ. */
export function changedFields(before: DraftForm, now: DraftForm): DraftFieldName[] {
  const names = Object.keys(PLAIN) as (keyof typeof PLAIN)[]
  const changed: DraftFieldName[] = names.filter((name) => !same(before[name], now[name]))
  return same(before.identifiers, now.identifiers) ? changed : [...changed, 'identifiers']
}

/** What a PATCH has to carry to bring the server from one state to the other; null when there is nothing. */
export function patchOf(before: DraftForm, now: DraftForm): DraftPatch | null {
  const patch: Record<string, unknown> = {}
  for (const name of changedFields(before, now)) {
    if (name === 'identifiers') {
      if (now.identifiers && isSendable(now.identifiers)) patch.identifiers = now.identifiers.map(plain)
    } else if (name === 'answers') patch.answers = now.answers
    else patch[PLAIN[name]] = now[name] === '' ? null : now[name]
  }
  return Object.keys(patch).length > 0 ? (patch as DraftPatch) : null
}

function plain(item: Identifier): Schema<'IdentifierIn'> {
  const { type, value, from, to, port, note } = item
  return { type, value, ...(from && { from }), ...(to && { to }), ...(port != null && { port }), ...(note && { note }) }
}

/** An answer put in or, when it is empty, taken out. */
export function answered(answers: Answers, name: string, value: unknown): Answers {
  const { [name]: _, ...others } = answers
  return value === '' || value === null || value === undefined ? others : { ...others, [name]: value }
}

/** What a new request takes over from an earlier one: all but the case's data. */
export function copyOf(draft: DraftOut, options: { followUp: boolean }): DraftPatch {
  const address = draft.catalog_item_id
    ? { catalog_item_id: draft.catalog_item_id }
    : { provider_tenant_id: draft.provider_tenant_id, request_type: draft.request_type }
  const copied = {
    ...address,
    answers: draft.answers ?? {},
    description: draft.description,
    legal_mandate_type: draft.legal_mandate_type as MandateType | null | undefined,
    case_reference: draft.case_reference,
    priority: draft.priority,
    ...(options.followUp && { parent_request_id: draft.id }),
  }
  return Object.fromEntries(Object.entries(copied).filter(([, value]) => value != null)) as DraftPatch
}

export interface Merged {
  /** Fields that both sides changed, and differently. */
  clashes: DraftFieldName[]
  /** The server's state as the new ground. */
  ground: DraftForm
  /** That ground with my unsaved changes over it. */
  form: DraftForm
}

/** Bring my unsaved changes onto a state that somebody else has saved meanwhile. */
export function mergeOnto(
  theirs: DraftForm,
  state: { ground: DraftForm; mine: DraftForm; identifiersMoved: boolean },
): Merged {
  const { ground, mine, identifiersMoved } = state
  // Identifiers come back masked: whether they moved is told by the masked lists.
  const identifiers = identifiersMoved ? theirs.identifiers : ground.identifiers
  const base: DraftForm = { ...theirs, identifiers }
  const changed = changedFields(ground, mine)
  const moved = changedFields({ ...ground, identifiers: null }, { ...theirs, identifiers: null })
  if (identifiersMoved) moved.push('identifiers')
  const own = Object.fromEntries(changed.map((name) => [name, mine[name]])) as Partial<DraftForm>
  const clashes = changed.filter((name) => moved.includes(name) && !same(mine[name], theirs[name]))
  return { clashes, ground: base, form: { ...base, ...own } }
}

/** The texts in which a template may leave blanks; answers are looked through as well. */
export const BLANK_TEXTS = [
  'description',
  'notes',
  'caseReference',
  'courtOrder',
] as const satisfies readonly (keyof DraftForm)[]

export function blanksOf(form: DraftForm): string[] {
  const answers = Object.values(form.answers).filter((value) => typeof value === 'string')
  return placeholdersIn(...BLANK_TEXTS.map((name) => form[name]), ...answers)
}
