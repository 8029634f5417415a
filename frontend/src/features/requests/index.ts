/** What other parts may use of requests. */
export { ActionDialog, type ActionDialogProps } from './components/ActionDialog.tsx'
export { STEP_LABEL } from './components/action-words.ts'
export { DraftProblems } from './components/DraftProblems.tsx'
export { useRequestActions } from './components/use-request-actions.tsx'
export { type LersRequest, requestQuery } from './queries.ts'
export type { DialogStep, Step } from './steps.ts'
