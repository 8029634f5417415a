/** What was promised beside what was done, and how much that is worth. */
import type { CatalogItem } from './queries.ts'

/** Below this number of answers a median says little. */
export const FEW = 5

export interface Kept {
  n: number
  /** Elapsed hours; null while nothing was answered. */
  median: number | null
  /** Percent in time. */
  rate: number | null
  few: boolean
  /** Of the longer of the two, 0 to 100: what the two bars show. */
  bars: { promised: number; actual: number } | null
}

type Figures = Pick<
  CatalogItem,
  'sla_turnaround_hours' | 'actual_median_turnaround_hours' | 'sla_compliance_rate' | 'total_requests_fulfilled'
>

export function keptOf(item: Figures): Kept {
  const n = item.total_requests_fulfilled
  const median = n > 0 ? (item.actual_median_turnaround_hours ?? null) : null
  const longest = Math.max(item.sla_turnaround_hours, median ?? 0)
  const share = (hours: number) => Math.max(2, Math.round((hours / longest) * 100))
  return {
    n,
    median,
    rate: n > 0 ? (item.sla_compliance_rate ?? null) : null,
    few: n > 0 && n < FEW,
    bars: median === null ? null : { promised: share(item.sla_turnaround_hours), actual: share(median) },
  }
}
