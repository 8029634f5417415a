/** The levels of an approval, each with who gave it. */
import type { Schema } from '~/api/index.ts'

export type Approval = Schema<'ApprovalOut'>

export interface LevelState {
  level: number
  minRank: string | null
  state: 'given' | 'next' | 'later'
  approval: Approval | null
}

/** Join the route with the decisions in force. Where the list of levels is not told, the decisions alone speak. */
export function levelsOf(
  route: readonly { level: number; min_rank: string; given?: boolean | null }[] | null | undefined,
  approvals: readonly Approval[],
): LevelState[] {
  const given = new Map(
    approvals.filter(({ action, current }) => action === 'APPROVE' && current).map((each) => [each.level, each]),
  )
  const levels = route?.length
    ? route.map(({ level, min_rank }) => ({ level, minRank: min_rank }))
    : [...given.values()].map(({ level, min_rank }) => ({ level, minRank: min_rank ?? null }))
  const next = levels.find(({ level }) => !given.has(level))?.level
  return levels.map(({ level, minRank }) => ({
    level,
    minRank,
    state: given.has(level) ? 'given' : level === next ? 'next' : 'later',
    approval: given.get(level) ?? null,
  }))
}
