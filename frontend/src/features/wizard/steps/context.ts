/** What every step of the wizard is given. */

import type { DraftOut } from '../draft.ts'
import type { Terms } from '../queries.ts'
import type { RequiredField } from '../required-fields.ts'
import type { DraftProblem } from '../steps.ts'
import type { Draft } from '../use-draft.ts'

export interface StepProps {
  request: DraftOut
  draft: Draft
  /** Null for a draft without a catalog item. */
  terms: Terms | null
  fields: readonly RequiredField[]
  /** The problems of this step that are to be shown; none before the officer has been here once. */
  problems: readonly DraftProblem[]
}
