/** What other parts may use of review. */
export { AnswerTexts } from './components/AnswerPanel.tsx'
export { Checklist } from './components/Checklist.tsx'
export { OutcomeList } from './components/OutcomeList.tsx'
export { ResponsesList } from './components/ResponsesList.tsx'
export { SaveManifest } from './components/SaveManifest.tsx'
export { nextPart, rejectedLast } from './parts.ts'
export { type LersResponse, manifestQuery, responsesOfRequestQuery } from './queries.ts'
