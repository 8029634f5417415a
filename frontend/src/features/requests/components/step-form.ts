/** What the dialog of each step asks for, as the API wants it. */
import type { DialogStep } from '../steps.ts'

/** What a user has filled in; a step sends the part that is its own. */
export interface StepForm {
  text: string
  userId: string | null
  hours: number | string
  granted: 'yes' | 'no' | null
  reasonCode: string | null
}

export const EMPTY_FORM: StepForm = { text: '', userId: null, hours: '', granted: null, reasonCode: null }

export type MissingField = 'text' | 'userId' | 'hours' | 'granted' | 'reasonCode'

/** Under which name the step's text is sent; steps without one take none. */
const TEXT_NAME: Partial<Record<DialogStep, string>> = {
  request_info: 'message',
  request_extension: 'reason',
  grant_extension: 'comments',
  challenge: 'reason',
  decline: 'reason',
  request_changes: 'comments',
  reject: 'reason',
  withdraw: 'reason',
  cancel: 'reason',
}
const TEXT_LIMIT: Partial<Record<DialogStep, number>> = { request_info: 10_000, reject: 4_000, request_changes: 4_000 }
const TEXT_OPTIONAL: ReadonlySet<DialogStep> = new Set<DialogStep>(['grant_extension', 'cancel'])

export const takesText = (step: DialogStep): boolean => step in TEXT_NAME
export const textRequired = (step: DialogStep): boolean => takesText(step) && !TEXT_OPTIONAL.has(step)
export const textLimit = (step: DialogStep): number => TEXT_LIMIT[step] ?? 2_000

/** The fields that must be filled before the step can be sent. */
export function missing(step: DialogStep, form: StepForm): MissingField[] {
  const found: MissingField[] = []
  if (step === 'assign' && !form.userId) found.push('userId')
  if (step === 'request_extension' && !(Number(form.hours) > 0)) found.push('hours')
  if (step === 'grant_extension' && form.granted === null) found.push('granted')
  if (step === 'decline' && !form.reasonCode) found.push('reasonCode')
  if (textRequired(step) && form.text.trim() === '') found.push('text')
  return found
}

/** The body of the call. */
export function bodyOf(step: DialogStep, form: StepForm): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  const name = TEXT_NAME[step]
  const text = form.text.trim()
  if (name && (text !== '' || textRequired(step))) body[name] = text
  if (step === 'assign') body.user_id = form.userId
  if (step === 'request_extension') body.hours = Number(form.hours)
  if (step === 'grant_extension') body.granted = form.granted === 'yes'
  if (step === 'decline') body.reason_code = form.reasonCode
  return body
}

/** The id of the control that holds what the API calls by this name. */
export function fieldId(name: string): string | undefined {
  if (name === 'message' || name === 'reason' || name === 'comments') return 'step-text'
  if (name === 'user_id') return 'step-user'
  if (name === 'hours') return 'step-hours'
  if (name === 'reason_code') return 'step-reason-code'
  return undefined
}

/** The step of the wizard where a problem of a draft is mended. */
export function wizardStepOf(field: string): 'what' | 'identifiers' | 'period' | 'mandate' {
  if (field.startsWith('identifiers')) return 'identifiers'
  if (field.startsWith('date_range')) return 'period'
  if (/^(legal_mandate|court_order)/.test(field)) return 'mandate'
  return 'what'
}
