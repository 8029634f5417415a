/** The words of every step: its button, what it means, and what stood in its place once it is done. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { DialogStep, Step } from '../steps.ts'

export const STEP_LABEL: Record<Step, MessageDescriptor> = {
  update: msg`Continue the draft`,
  approve: msg`Read and approve`,
  respond: msg`Upload the response`,
  review_response: msg`Review the response`,
  answer: msg`Answer in the chat`,
  submit_for_approval: msg`Send for approval`,
  submit: msg`Submit to the provider`,
  acknowledge: msg`Acknowledge`,
  start: msg`Start the work`,
  complete: msg`Mark as completed`,
  grant_extension: msg`Decide on more time`,
  confirm_challenge: msg`Confirm the request`,
  assign: msg`Assign`,
  request_info: msg`Ask a question`,
  request_extension: msg`Ask for more time`,
  challenge: msg`Raise a doubt`,
  decline: msg`Decline`,
  request_changes: msg`Ask for changes`,
  reject: msg`Reject`,
  withdraw: msg`Withdraw`,
  cancel: msg`Cancel the draft`,
  delete: msg`Delete the draft`,
}

interface StepWords {
  title: MessageDescriptor
  /** What happens then, and who is told. */
  meaning: MessageDescriptor
  done: MessageDescriptor
  /** Where the step takes a text: what to write. */
  text?: MessageDescriptor
  /** Sentences that are often meant. */
  templates?: readonly MessageDescriptor[]
}

export const STEP_WORDS: Record<DialogStep, StepWords> = {
  submit_for_approval: {
    title: msg`Send for approval`,
    meaning: msg`The approvers of your unit are told. Until they decide, the request cannot be changed.`,
    done: msg`Sent for approval`,
  },
  submit: {
    title: msg`Submit to the provider`,
    meaning: msg`The provider sees the request from now on, and the time that it has begins to run.`,
    done: msg`Submitted to the provider`,
  },
  acknowledge: {
    title: msg`Acknowledge the request`,
    meaning: msg`The officer is told that the request has arrived. The time runs on as before.`,
    done: msg`Acknowledged`,
  },
  start: {
    title: msg`Start the work`,
    meaning: msg`The officer sees that you are at work on it. From now on you can upload a response.`,
    done: msg`Work started`,
  },
  complete: {
    title: msg`Mark as completed`,
    meaning: msg`The request is closed and it is decided whether the time was kept. The officer can still accept or reject the response.`,
    done: msg`Completed`,
  },
  grant_extension: {
    title: msg`Decide on more time`,
    meaning: msg`If you grant it, the due date moves by these hours. If you refuse, it stays. The provider is told either way.`,
    done: msg`Answered`,
    text: msg`A word to the provider`,
  },
  confirm_challenge: {
    title: msg`Confirm that the request is genuine`,
    meaning: msg`Confirm only after you have spoken to the officer yourself, in person or on a number that you know. The clock runs again and the provider is told.`,
    done: msg`Confirmed as genuine`,
  },
  assign: {
    title: msg`Assign the request`,
    meaning: msg`Your colleague is told. Everybody in your team still sees the request.`,
    done: msg`Assigned`,
  },
  request_info: {
    title: msg`Ask the officer a question`,
    meaning: msg`Your question goes into the chat. The clock stands still until the officer answers, except for critical requests and times set by law.`,
    done: msg`Question asked`,
    text: msg`Your question`,
    templates: [
      msg`Please confirm the period that you need.`,
      msg`Please give the identifier in full: it does not match any record of ours.`,
      msg`Please attach the mandate again: the scan cannot be read.`,
    ],
  },
  request_extension: {
    title: msg`Ask for more time`,
    meaning: msg`Nothing changes until the officer has granted it.`,
    done: msg`Asked for more time`,
    text: msg`Why you need it`,
    templates: [msg`The records have to be restored from the archive.`, msg`The amount of data is unusually large.`],
  },
  challenge: {
    title: msg`Raise a doubt about the requester`,
    meaning: msg`For when you suspect that the request does not come from the officer. The clock stands still until the unit's administrator, or the platform's, has confirmed it in person. Both are told.`,
    done: msg`Doubt raised`,
    text: msg`What makes you doubt`,
    templates: [
      msg`The officer cannot be reached on the unit's number.`,
      msg`The signature on the mandate looks copied.`,
    ],
  },
  decline: {
    title: msg`Decline the request`,
    meaning: msg`This ends the request. The officer is told why. It counts in your rejection rate.`,
    done: msg`Declined`,
    text: msg`Explain it to the officer`,
  },
  request_changes: {
    title: msg`Ask for changes`,
    meaning: msg`The request goes back to the officer as a draft, with what you write. Approvals given so far no longer count.`,
    done: msg`Sent back for changes`,
    text: msg`What must change`,
    templates: [
      msg`Please attach the signed mandate again: the scan cannot be read.`,
      msg`Please limit the period to what the case needs.`,
      msg`Please give the case number.`,
    ],
  },
  reject: {
    title: msg`Reject the request`,
    meaning: msg`This ends the request for good. If it only needs a correction, ask for changes instead.`,
    done: msg`Rejected`,
    text: msg`Why it is rejected`,
    templates: [
      msg`The legal ground does not cover what is asked for.`,
      msg`The request is not proportionate to the case.`,
      msg`The data was already asked for in another request.`,
    ],
  },
  withdraw: {
    title: msg`Withdraw the request`,
    meaning: msg`This ends the request. If the provider has it already, they are told and stop their work.`,
    done: msg`Withdrawn`,
    text: msg`Why it is withdrawn`,
    templates: [msg`The information was found otherwise.`, msg`The complaint was withdrawn.`],
  },
  cancel: {
    title: msg`Cancel the draft`,
    meaning: msg`The draft will not be sent. It stays in your list as cancelled.`,
    done: msg`Draft cancelled`,
    text: msg`Why (you may leave this empty)`,
  },
  delete: {
    title: msg`Delete the draft`,
    meaning: msg`The draft disappears from your list. Its number is not used again.`,
    done: msg`Draft deleted`,
  },
}
