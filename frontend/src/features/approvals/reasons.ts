/** The reasons that approvers give most, ready to be taken and finished. They are sent as they are written. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Refusal } from './queries.ts'

interface Reason {
  label: MessageDescriptor
  text: MessageDescriptor
}

export const REASONS: Record<Refusal, readonly Reason[]> = {
  request_changes: [
    { label: msg`Period too long`, text: msg`Shorten the period to the days of the offence: ` },
    { label: msg`Mandate does not fit`, text: msg`The mandate does not cover what is asked. Attach the right one: ` },
    { label: msg`Numbers differ`, text: msg`An identifier in the request is not the one in the mandate: ` },
    { label: msg`Say why`, text: msg`Describe how the data bears on the case: ` },
    { label: msg`Court order missing`, text: msg`Add the number and date of the court order.` },
  ],
  reject: [
    { label: msg`No legal ground`, text: msg`The mandate gives no ground for this data.` },
    { label: msg`Not necessary`, text: msg`The data is not necessary for the case.` },
    { label: msg`Asked already`, text: msg`The same was asked already in the request ` },
    { label: msg`Wrong company`, text: msg`The company does not hold this data.` },
    { label: msg`Case closed`, text: msg`The case has been closed or handed over.` },
  ],
}
