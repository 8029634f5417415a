/** A template as its editor holds it. */
import type { Schema } from '~/api/index.ts'
import { placeholdersIn } from '~/domain/placeholders.ts'
import type { EarlierRequest, Template, TemplateIn } from './queries.ts'

type Priority = EarlierRequest['priority']
type MandateType = NonNullable<Schema<'RequestIn'>['legal_mandate_type']>
type RequestType = NonNullable<TemplateIn['request_type']>

export interface TemplateForm {
  name: string
  about: string
  shared: boolean
  itemId: string | null
  providerId: string | null
  requestType: RequestType | null
  priority: Priority
  mandate: MandateType | null
  text: string
  notes: string
  caseReference: string
  courtOrder: string
  answers: Readonly<Record<string, unknown>>
  /** What a template may hold beside these; kept as it came. */
  rest: Readonly<Record<string, unknown>>
}

export const EMPTY_TEMPLATE: TemplateForm = {
  name: '',
  about: '',
  shared: true,
  itemId: null,
  providerId: null,
  requestType: null,
  priority: 'NORMAL',
  mandate: null,
  text: '',
  notes: '',
  caseReference: '',
  courtOrder: '',
  answers: {},
  rest: {},
}

const EDITED = [
  'priority',
  'legal_mandate_type',
  'description',
  'notes',
  'case_reference',
  'court_order_number',
  'answers',
  'catalog_item_id',
  'provider_tenant_id',
  'request_type',
] as const

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function contentFrom(content: Readonly<Record<string, unknown>>) {
  const edited: readonly string[] = EDITED
  return {
    priority: (text(content.priority) || 'NORMAL') as Priority,
    mandate: (text(content.legal_mandate_type) || null) as MandateType | null,
    text: text(content.description),
    notes: text(content.notes),
    caseReference: text(content.case_reference),
    courtOrder: text(content.court_order_number),
    answers: (typeof content.answers === 'object' && content.answers ? content.answers : {}) as TemplateForm['answers'],
    rest: Object.fromEntries(Object.entries(content).filter(([name]) => !edited.includes(name))),
  }
}

export function formFrom(template: Template): TemplateForm {
  return {
    ...contentFrom(template.content),
    name: template.name,
    about: template.description ?? '',
    shared: template.is_shared,
    itemId: template.catalog_item_id ?? null,
    providerId: template.provider_tenant?.id ?? null,
    requestType: (template.request_type as RequestType | null | undefined) ?? null,
  }
}

/** What of an earlier request is the same in the next case. Its people, numbers and files never stand in a template. */
export function formFromRequest(request: EarlierRequest, name: string): TemplateForm {
  const item = request.catalog_item_id ?? null
  return {
    ...EMPTY_TEMPLATE,
    name,
    itemId: item,
    providerId: item ? null : request.provider_tenant.id,
    requestType: item ? null : (request.request_type as RequestType),
    priority: request.priority,
    mandate: (request.legal_mandate_type as MandateType | null | undefined) ?? null,
    text: request.description ?? '',
    notes: request.notes ?? '',
    caseReference: request.case_reference ? '{{case_reference}}' : '',
    answers: request.answers ?? {},
  }
}

const said = (value: string) => value.trim() || undefined

/** An item implies its provider and kind: they stand alone only without one. */
export function bodyOf(form: TemplateForm): TemplateIn {
  const content = {
    ...form.rest,
    priority: form.priority,
    legal_mandate_type: form.mandate ?? undefined,
    description: said(form.text),
    notes: said(form.notes),
    case_reference: said(form.caseReference),
    court_order_number: said(form.courtOrder),
    answers: Object.keys(form.answers).length > 0 ? form.answers : undefined,
  }
  return {
    name: form.name.trim(),
    description: said(form.about) ?? null,
    is_shared: form.shared,
    catalog_item_id: form.itemId,
    provider_tenant_id: form.itemId ? null : form.providerId,
    request_type: form.itemId ? null : form.requestType,
    content: Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)),
  }
}

export const differs = (one: TemplateForm, other: TemplateForm): boolean =>
  JSON.stringify(bodyOf(one)) !== JSON.stringify(bodyOf(other))

export function blanksIn(form: TemplateForm): string[] {
  const answers = Object.values(form.answers).filter((value) => typeof value === 'string')
  return placeholdersIn(form.text, form.notes, form.caseReference, form.courtOrder, ...answers)
}

/** Blanks that the wizard fills in by itself where it can. */
export const KNOWN_BLANKS = ['case_reference', 'officer', 'rank', 'badge', 'unit', 'agency', 'today'] as const

/** The text with a blank put in where the cursor stands, and where it stands afterwards. */
export function withBlank(value: string, from: number, to: number, name: string): { value: string; cursor: number } {
  const blank = `{{${name}}}`
  return { value: value.slice(0, from) + blank + value.slice(to), cursor: from + blank.length }
}
