/** The way to a due date as lines to read and as a bar to see. */
import type { Schema } from '~/api/index.ts'

export type SlaStep = Schema<'SlaStepOut'>

export interface LedgerLine {
  key: string
  kind: string
  from: string
  to: string | null
  /** What the line counts; null while it still runs. */
  seconds: number | null
  /** How much of the promise is used after this line. */
  used: number
  note: string
}

/** The steps as lines, each with how much of the promise is used by then. */
export function ledgerLines(steps: readonly SlaStep[]): LedgerLine[] {
  let used = 0
  return steps.map((step, row) => {
    const seconds = step.seconds ?? null
    if (step.kind === 'COUNTED') used += seconds ?? 0
    return { key: `${row}`, kind: step.kind, from: step.from, to: step.to ?? null, seconds, used, note: step.note }
  })
}

export interface BarPiece {
  key: string
  kind: string
  /** Shares of the bar's length, 0 to 1. */
  start: number
  length: number
}
export interface Bar {
  pieces: BarPiece[]
  /** Where the present and the due date are; null when they lie outside. */
  now: number | null
  due: number | null
  from: number
  to: number
}

/** The steps along time, from the start to the due date or the present, whichever is later. */
export function slaBar(steps: readonly SlaStep[], due: string | null, now: number): Bar | null {
  const timed = steps.filter((step) => step.kind !== 'EXTENDED' && step.kind !== 'RECALCULATED')
  const first = timed[0]
  if (!first) return null
  const from = Date.parse(first.from)
  const end = due ? Date.parse(due) : now
  // A promise long past would shrink to nothing: what is drawn is at most twice its length.
  const to = Math.max(end, Math.min(now, end + (end - from)))
  const length = to - from
  if (length <= 0) return null
  const share = (at: number) => (at - from) / length
  const pieces = timed.map((step, row) => {
    const start = share(Date.parse(step.from))
    const until = share(step.to ? Date.parse(step.to) : to)
    return { key: `${row}`, kind: step.kind, start, length: Math.max(0, Math.min(1, until) - start) }
  })
  if (due && to > end) pieces.push({ key: 'over', kind: 'OVER', start: share(end), length: 1 - share(end) })
  const within = (at: number) => (at >= from && at <= to ? share(at) : null)
  return { pieces, now: within(now), due: due ? within(end) : null, from, to }
}
