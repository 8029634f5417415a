/** An item as its editor holds it: what differs, what is wrong, and what another's change does to one's own. */
import { type FieldForm, type FieldProblemAt, faultsOf, fieldsFrom, rawOf } from './fields.ts'
import type { CatalogItem, CatalogVersion, ItemIn } from './queries.ts'

export interface ItemForm {
  name: string
  description: string
  category: string
  requestType: NonNullable<ItemIn['request_type']>
  hours: number | null
  urgent: number | null
  critical: number | null
  businessHours: boolean
  statutory: boolean
  fields: readonly FieldForm[]
  mandate: NonNullable<ItemIn['required_legal_mandate']> | null
  mandateFile: boolean
  courtOrder: boolean
  format: string
  output: string
  sample: string | null
  active: boolean
  featured: boolean
  notes: string
}

export const LONGEST_PROMISE = 24 * 366

/** The editor's names and the API's. */
export const API_NAMES = {
  name: 'name',
  description: 'description',
  category: 'category',
  requestType: 'request_type',
  hours: 'sla_turnaround_hours',
  urgent: 'sla_turnaround_hours_urgent',
  critical: 'sla_turnaround_hours_critical',
  businessHours: 'sla_business_hours_only',
  statutory: 'sla_statutory',
  fields: 'required_fields',
  mandate: 'required_legal_mandate',
  mandateFile: 'requires_mandate_file',
  courtOrder: 'requires_court_order',
  format: 'output_format',
  output: 'output_description',
  sample: 'sample_output_file_id',
  active: 'is_active',
  featured: 'is_featured',
  notes: 'notes_for_law_enforcement',
} as const satisfies Record<keyof ItemForm, keyof ItemIn>
export type FormName = keyof ItemForm
export const FORM_NAMES = Object.keys(API_NAMES) as FormName[]

export const EMPTY_ITEM: ItemForm = {
  name: '',
  description: '',
  category: '',
  requestType: 'OTHER',
  hours: 24,
  urgent: null,
  critical: null,
  businessHours: false,
  statutory: false,
  fields: [],
  mandate: 'BNSS_94',
  mandateFile: true,
  courtOrder: false,
  format: '',
  output: '',
  sample: null,
  active: true,
  featured: false,
  notes: '',
}

type Source = Omit<CatalogVersion, 'item_id' | 'created_at' | 'version'> &
  Pick<Partial<CatalogItem>, 'sample_output_file_id'>

export function formFrom(item: Source): ItemForm {
  return {
    name: item.name,
    description: item.description ?? '',
    category: item.category,
    requestType: item.request_type as ItemForm['requestType'],
    hours: item.sla_turnaround_hours,
    urgent: item.sla_turnaround_hours_urgent ?? null,
    critical: item.sla_turnaround_hours_critical ?? null,
    businessHours: item.sla_business_hours_only,
    statutory: item.sla_statutory,
    fields: fieldsFrom(item.required_fields),
    mandate: (item.required_legal_mandate as ItemForm['mandate'] | undefined) ?? null,
    mandateFile: item.requires_mandate_file,
    courtOrder: item.requires_court_order,
    format: item.output_format ?? '',
    output: item.output_description ?? '',
    sample: item.sample_output_file_id ?? null,
    active: item.is_active,
    featured: item.is_featured,
    notes: item.notes_for_law_enforcement ?? '',
  }
}

/** What the API takes for one name; an emptied text is null there. */
function sent(form: ItemForm, name: FormName): unknown {
  if (name === 'fields') return form.fields.map(rawOf)
  const value = form[name]
  if (typeof value !== 'string') return value
  return value.trim() || (name === 'category' ? 'General' : name === 'name' ? '' : null)
}

const same = (one: ItemForm, other: ItemForm, name: FormName): boolean =>
  JSON.stringify(sent(one, name)) === JSON.stringify(sent(other, name))

export const changedNames = (before: ItemForm, now: ItemForm): FormName[] =>
  FORM_NAMES.filter((name) => !same(before, now, name))

/** The body of a PATCH: what differs alone. Without a state before it, all. */
export function bodyOf(now: ItemForm, before?: ItemForm): Partial<ItemIn> {
  const names = before ? changedNames(before, now) : FORM_NAMES
  return Object.fromEntries(names.map((name) => [API_NAMES[name], sent(now, name)]))
}

export interface Rebased {
  form: ItemForm
  /** What the others changed. */
  theirs: FormName[]
  /** What both changed, differently: here one's own was kept. */
  clashes: FormName[]
}

/** Put one's own changes on top of another's. */
export function rebase(base: ItemForm, mine: ItemForm, theirs: ItemForm): Rebased {
  const own = changedNames(base, mine)
  const others = changedNames(base, theirs)
  const kept = Object.fromEntries(own.map((name) => [name, mine[name]]))
  return {
    form: { ...theirs, ...kept } as ItemForm,
    theirs: others,
    clashes: others.filter((name) => own.includes(name) && !same(mine, theirs, name)),
  }
}

export type ItemFault = 'empty' | 'hours' | 'grows'
export interface ItemProblem {
  name: FormName
  fault: ItemFault
}

/** What the server would refuse of the item itself. */
export function itemFaults(form: ItemForm): ItemProblem[] {
  const found: ItemProblem[] = []
  if (!form.name.trim()) found.push({ name: 'name', fault: 'empty' })
  let calmer = form.hours
  for (const name of ['hours', 'urgent', 'critical'] as const) {
    const hours = form[name]
    if (hours === null) {
      if (name === 'hours') found.push({ name, fault: 'hours' })
      continue
    }
    if (!Number.isInteger(hours) || hours < 1 || hours > LONGEST_PROMISE) found.push({ name, fault: 'hours' })
    else if (calmer !== null && hours > calmer) found.push({ name, fault: 'grows' })
    calmer = hours
  }
  return found
}

export const faultsIn = (form: ItemForm): { item: ItemProblem[]; fields: FieldProblemAt[] } => ({
  item: itemFaults(form),
  fields: faultsOf(form.fields),
})
