/** The approver's queue: what they can give now, the most urgent and then the oldest first; behind it what waits for others. */
import type { Schema } from '~/api/index.ts'
import type { Priority } from '~/domain/status.ts'

type Request = Schema<'RequestOut'>

export interface Queue<Row> {
  mine: Row[]
  others: Row[]
}

type Waiting = Pick<Request, 'id' | 'priority' | 'first_sent_for_approval_at' | 'updated_at'> & {
  abilities: Pick<Request['abilities'], 'approve'>
}

const URGENCY: Record<Priority, number> = { CRITICAL: 0, URGENT: 1, NORMAL: 2 }

const since = (request: Waiting): string => request.first_sent_for_approval_at ?? request.updated_at

function byUrgency(a: Waiting, b: Waiting): number {
  const urgency = URGENCY[a.priority] - URGENCY[b.priority]
  return urgency || since(a).localeCompare(since(b)) || a.id.localeCompare(b.id)
}

export function queueOf<Row extends Waiting>(requests: readonly Row[]): Queue<Row> {
  const sorted = [...requests].sort(byUrgency)
  return {
    mine: sorted.filter(({ abilities }) => abilities.approve),
    others: sorted.filter(({ abilities }) => !abilities.approve),
  }
}

/** The one before or behind in reading order; the first when nothing is open. Null at either end. */
export function neighbour<Row extends { id: string }>(
  { mine, others }: Queue<Row>,
  open: string | undefined,
  step: 1 | -1,
): Row | null {
  const all = [...mine, ...others]
  if (open === undefined) return all[0] ?? null
  const at = all.findIndex(({ id }) => id === open)
  if (at < 0) return all[0] ?? null
  return all[at + step] ?? null
}
