/** What other parts may use of review. */
export { Checklist } from './components/Checklist.tsx'
export { PartWords } from './components/PartBadge.tsx'
export { ResponsesList } from './components/ResponsesList.tsx'
export { nextPart, rejectedLast } from './parts.ts'
export { type LersResponse, responsesOfRequestQuery } from './queries.ts'
