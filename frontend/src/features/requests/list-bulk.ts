/** Which steps can be taken with many chosen requests at once, and with how many of them. Pure. */
import type { BulkStep, Listed } from './list-queries.ts'

/** In the order of the life cycle; those that end a request come last. */
export const BULK_STEPS: readonly BulkStep[] = [
  'submit_for_approval',
  'submit',
  'acknowledge',
  'start',
  'assign',
  'complete',
  'decline',
  'withdraw',
  'cancel',
]

export interface BulkOffer {
  step: BulkStep
  rows: Listed[]
}

/** Each step that at least one of the rows allows, with those rows. */
export const bulkOffers = (rows: readonly Listed[]): BulkOffer[] =>
  BULK_STEPS.map((step) => ({ step, rows: rows.filter((row) => row.abilities[step]) })).filter(
    ({ rows: allowed }) => allowed.length > 0,
  )
