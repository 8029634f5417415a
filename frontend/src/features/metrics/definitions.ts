/** What each figure is made of, in plain words; the figures are named as the API names them. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

export const DEFINITIONS = {
  total: msg`All requests that you see, drafts included.`,
  sla_compliance_rate: msg`Of the completed requests, those that were completed on or before their due date.`,
  median_hours_to_complete: msg`The time from submission to completion. Half of the completed requests took less, half took more.`,
  average_hours_to_approve: msg`The average time from first sending a request for approval to the last approval.`,
  declined_rate: msg`Of the submitted requests, those that the provider declined.`,
  responses: msg`The average rating of the responses to these requests, from 1 to 5 stars.`,
  per_month: msg`Requests that were created, submitted and completed in each month, Indian time.`,
  by_status: msg`Requests by the step at which they are now.`,
  by_type: msg`Requests by what they ask for, the most frequent first.`,
  providers: msg`Requests that were submitted to the provider in the last 12 months; all figures of a row are over these.`,
  'by_month.met': msg`Requests by the month in which they were due. Kept: completed on or before the due date. Missed: completed late, overdue now, or ended otherwise after the due date.`,
  'by_month.compliance_rate': msg`Promises kept, as a share of those kept and missed. What is not due yet counts in neither.`,
  'by_month.turnaround_p90_hours': msg`The time from submission to completion: what half of the completed requests needed, and what nine of ten did not exceed.`,
  histogram: msg`Completed requests by how much of the promised time they used. Beyond 100 percent they were late.`,
  submissions: msg`When requests were submitted, by day of the week and hour, Indian time.`,
  compliance_rate: msg`Of the completed requests, those that were completed on or before their due date.`,
  median_hours: msg`The time from submission to completion. Half of the completed requests took less, half took more.`,
  acknowledgement_median_hours: msg`The time from submission to acknowledgement. Half of the requests took less, half took more.`,
  open: msg`Submitted requests that have not ended, whenever they were submitted.`,
  breached: msg`Open requests whose due date has passed.`,
  clarification_rate: msg`Questions that you asked the officers, per hundred requests.`,
  rating_average: msg`The average rating that officers gave your responses, from 1 to 5 stars.`,
} satisfies Record<string, MessageDescriptor>

export type Figure = keyof typeof DEFINITIONS
