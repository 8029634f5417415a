/** The server's findings about a draft in the portal's words; one that this version does not know is told as it came. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { IDENTIFIER_TYPES } from '~/domain/identifiers.ts'
import { term } from '~/i18n/index.ts'
import { inLanguage, type RequiredField } from './required-fields.ts'
import type { DraftProblem } from './steps.ts'

const SENTENCES: Record<string, MessageDescriptor> = {
  provider_inactive: msg`This provider takes no requests at present.`,
  description_missing: msg`Describe what you ask for: without a catalog item the provider knows only what you write.`,
  catalog_item_inactive: msg`The provider no longer offers this item. Choose another one.`,
  catalog_item_changed: msg`The provider has changed this item since you chose it. The request keeps the terms it began with; choose the item again to take the new ones.`,
  identifier_missing: msg`Enter at least one identifier.`,
  enter_again: msg`The provider has changed. Enter the Aadhaar number again, as it is not kept.`,
  aadhaar_needs_court_order: msg`Aadhaar may be asked about only on the order of a court. Choose that mandate.`,
  duplicate: msg`The same identifier stands in the list twice. Remove one.`,
  period_missing: msg`Give the period, with its first and its last day.`,
  period_incomplete: msg`A period has a first and a last day. Give both.`,
  period_reversed: msg`The last day lies before the first. Swap them.`,
  period_in_future: msg`The period lies in the future: there is no data yet.`,
  period_ends_in_future: msg`The period ends in the future: you get what there is.`,
  period_differs: msg`There are two different periods. Give one.`,
  period_too_long: msg`The period is longer than the provider gives. Shorten it or split the request.`,
  period_broad: msg`The period is longer than a year, and providers decline what is overbroad. Ask for what the case needs.`,
  mandate_type_missing: msg`Say on what legal mandate you ask.`,
  mandate_type_outdated: msg`The CrPC holds for matters before 1 July 2024 only; since then it is the BNSS.`,
  court_order_missing: msg`Give the number of the court order.`,
  mandate_file_missing: msg`Attach the signed mandate as a file.`,
  file_not_clean: msg`The mandate's file has not been found clean yet. A request can be sent once it is.`,
  aadhaar_in_text: msg`This seems to hold an Aadhaar number. Take it out: it belongs nowhere but in an identifier of that kind.`,
  duplicate_request: msg`Your unit has a request on its way that asks this provider for the same about one of these identifiers.`,
}

const ANSWERS: Record<string, MessageDescriptor> = {
  answer_missing: msg`This is needed.`,
  answer_not_number: msg`Write a number.`,
  answer_not_date: msg`Choose a day.`,
  answer_not_choice: msg`Choose one of the answers offered.`,
  answer_not_text: msg`Write text.`,
  answer_unknown: msg`The provider does not ask for this. Remove it.`,
}

const KNOWN = new Set<string>(IDENTIFIER_TYPES)

/** `BNSS_94` and `UPI_VPA` in a sentence of the server's, as the portal names them. */
function withWords(words: I18n, sentence: string): string {
  return sentence.replace(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g, (name) =>
    term(words, KNOWN.has(name) ? 'identifierType' : 'mandateType', name),
  )
}

/** A problem as a sentence; that of an answer begins with the name of its field. */
export function problemText(words: I18n, problem: DraftProblem, fields: readonly RequiredField[] = []): string {
  const answer = ANSWERS[problem.code]
  if (answer) {
    const name = problem.field.replace(/^answers\./, '')
    const field = fields.find((each) => each.name === name)
    return `${field ? inLanguage(field.label, words.locale) : name}: ${words._(answer)}`
  }
  const sentence = SENTENCES[problem.code]
  return sentence ? words._(sentence) : withWords(words, problem.message)
}
