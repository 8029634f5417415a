/** The fields of a request as officers call them. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const FIELD_WORDS: Record<string, MessageDescriptor> = {
  answers: msg`Answers to the provider's questions`,
  case_reference: msg`Case`,
  catalog_item_id: msg`What is asked`,
  court_order_number: msg`Court order`,
  date_range_from: msg`Begin of the period`,
  date_range_to: msg`End of the period`,
  description: msg`Description`,
  identifiers: msg`Identifiers`,
  legal_mandate_file_id: msg`Mandate file`,
  legal_mandate_type: msg`Legal ground`,
  notes: msg`Notes of the unit`,
  parent_request_id: msg`Earlier request`,
  priority: msg`Priority`,
  provider_tenant_id: msg`Provider`,
  request_type: msg`Kind of request`,
}
