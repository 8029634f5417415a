/** What other parts may use of profile. */
export { OpeningBadge } from './components/Opening.tsx'
export { profileQuery } from './queries.ts'
