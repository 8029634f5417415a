/** The parts of an item in words: what they are called, and what they hold. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useTerm } from '~/i18n/index.ts'
import type { FieldForm } from './fields.ts'
import type { FormName, ItemForm } from './item-form.ts'
import { useKindWord } from './use-kind-word.ts'

export const TERM_NAMES: Record<FormName, MessageDescriptor> = {
  name: msg`Name`,
  description: msg`Description`,
  category: msg`Category`,
  requestType: msg`Kind of data`,
  hours: msg`Promise, in hours`,
  urgent: msg`Promise when urgent`,
  critical: msg`Promise when critical`,
  businessHours: msg`Count working hours only`,
  statutory: msg`Set by law`,
  fields: msg`What officers are asked for`,
  mandate: msg`Legal mandate`,
  mandateFile: msg`Signed mandate as a file`,
  courtOrder: msg`Number of a court order`,
  format: msg`Format of the answer`,
  output: msg`What the answer holds`,
  sample: msg`Sample`,
  active: msg`On offer`,
  featured: msg`Featured`,
  notes: msg`Remarks for officers`,
}

/** What a part holds, as one line. */
export function useTermText(): (form: ItemForm, name: FormName) => string {
  const { t } = useLingui()
  const term = useTerm()
  const kindWord = useKindWord()
  const field = (each: FieldForm) => {
    const more = [
      kindWord(each.kind),
      ...each.identifierTypes.map((type) => term('identifierType', type)),
      ...each.choices.map((choice) => choice.en || choice.value),
      ...(each.maxDays ? [t`at most ${each.maxDays} days`] : []),
      ...(each.required ? [] : [t`optional`]),
    ]
    return `${each.en || each.name} (${more.join(', ')})`
  }
  return (form, name) => {
    if (name === 'fields') return form.fields.map(field).join('; ') || t`Nothing`
    if (name === 'requestType') return term('requestType', form.requestType)
    if (name === 'mandate') return form.mandate ? term('mandateType', form.mandate) : t`None`
    if (name === 'sample') return form.sample ? t`A file` : t`None`
    const value = form[name]
    if (typeof value === 'boolean') return value ? t`Yes` : t`No`
    return value === null || value === '' ? t`None` : String(value)
  }
}
