/** What other parts may use of requests. */
export { ActionDialog, type ActionDialogProps } from './components/ActionDialog.tsx'
export { STEP_LABEL } from './components/action-words.ts'
export { DraftProblems } from './components/DraftProblems.tsx'
export { RequestFacts } from './components/RequestFacts.tsx'
export { useRequestActions } from './components/use-request-actions.tsx'
export { approvalsQuery, colleaguesQuery, type LersRequest, requestQuery, timelineQuery } from './queries.ts'
export type { RequestListSearch } from './search.ts'
export type { DialogStep, Step } from './steps.ts'
