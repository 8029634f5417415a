/** What is wrong, as a sentence that says how it is put right. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import type { FieldFault } from './fields.ts'
import type { ItemFault } from './item-form.ts'

const WORDS: Record<FieldFault | ItemFault, MessageDescriptor> = {
  label: msg`Give the field a label in English`,
  name: msg`Letters, digits and _ only, beginning with a letter`,
  name_taken: msg`Another field has this name: choose a different one`,
  no_choices: msg`Give at least one choice`,
  choice_empty: msg`Each choice needs a value before its label`,
  choice_twice: msg`Each choice stands once`,
  second_period: msg`A request has one period: ask for it once`,
  max_days: msg`Between 1 and 3,660 days`,
  empty: msg`Give the item a name`,
  hours: msg`Between 1 and 8,784 whole hours`,
  grows: msg`More than the calmer promise: what is urgent is answered sooner`,
}

export function useFaultWord(): (fault: FieldFault | ItemFault) => string {
  const { i18n } = useLingui()
  return useCallback((fault) => i18n._(WORDS[fault]), [i18n])
}
