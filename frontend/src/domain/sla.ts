/**
 * How a request's clock stands at a moment. The server's verdict counts; in between two answers the screen's clock goes
 * on by the same rules, so that a row turns overdue when it is, not when the next answer comes.
 */
import type { Status, Tone } from './status.ts'

/** What a clock needs of a request, named as the API names it. */
export interface SlaFacts {
  status: string
  sla_due_date?: string | null
  sla_paused_at?: string | null
  sla_breached?: boolean
  sla_breached_at?: string | null
  sla_met?: boolean | null
  sla_state?: string | null
  submitted_at?: string | null
}

export type SlaPhase = 'none' | 'on_track' | 'due_soon' | 'overdue' | 'paused' | 'met' | 'missed'

export interface SlaReading {
  phase: SlaPhase
  /** Milliseconds since the epoch; null while the clock stands and before it starts. */
  due: number | null
  /** Seconds to the due date, negative after it; null where nothing is counted. */
  left: number | null
  /** The part of the time that is used, 0 to 1; null where it is not known. */
  used: number | null
}

const RUNNING: readonly Status[] = ['SUBMITTED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESPONSE_UPLOADED']
const ENDED: readonly Status[] = ['COMPLETED', 'CANCELLED', 'REJECTED']
const DAY = 86_400_000
const QUIET: SlaReading = { phase: 'none', due: null, left: null, used: null }

const among = (statuses: readonly Status[], status: string) => (statuses as readonly string[]).includes(status)
const moment = (text: string | null | undefined) => (text ? Date.parse(text) : null)

/** Read the clock of a request at `now` (milliseconds by the server's clock). */
export function readSla(facts: SlaFacts, now: number): SlaReading {
  const due = moment(facts.sla_due_date)
  const start = moment(facts.submitted_at)
  if (among(ENDED, facts.status)) {
    const late = facts.sla_met === false || (facts.sla_met !== true && facts.sla_breached === true)
    return { ...QUIET, due, phase: late ? 'missed' : facts.sla_met === true ? 'met' : 'none' }
  }
  if (!among(RUNNING, facts.status)) return QUIET
  const paused = moment(facts.sla_paused_at)
  const breached = facts.sla_breached === true || facts.sla_state === 'BREACHED'
  if (paused !== null && !breached && (due === null || due > paused)) return { ...QUIET, phase: 'paused', due }
  if (due === null) return breached ? { ...QUIET, phase: 'overdue' } : QUIET
  const left = Math.trunc((due - now) / 1000)
  const used = start !== null && due > start ? Math.min(1, Math.max(0, (now - start) / (due - start))) : null
  return { phase: runningPhase(facts, breached, due, start, now), due, left, used }
}

function runningPhase(facts: SlaFacts, breached: boolean, due: number, start: number | null, now: number): SlaPhase {
  if (breached || now >= due) return 'overdue'
  // The warning comes a day ahead, or at half of a short promise, as the server's monitor has it.
  const ahead = start === null ? DAY : Math.min(DAY, (due - start) / 2)
  return facts.sla_state === 'DUE_SOON' || due - now <= ahead ? 'due_soon' : 'on_track'
}

/** Grey while nothing is wrong: colour says that something has changed. */
export const SLA_TONE: Record<SlaPhase, Tone> = {
  none: 'quiet',
  on_track: 'quiet',
  due_soon: 'warn',
  overdue: 'bad',
  paused: 'quiet',
  met: 'good',
  missed: 'bad',
}

/** The groups of a list by what needs attention first. */
export const SEVERITIES = ['overdue', 'due_soon', 'on_track', 'paused', 'waiting', 'closed'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Where a request stands in such a list: `waiting` has no clock yet, `closed` needs none any more. */
export function severityOf(facts: SlaFacts, now: number): Severity {
  if (among(ENDED, facts.status)) return 'closed'
  const { phase } = readSla(facts, now)
  if (phase === 'overdue' || phase === 'due_soon' || phase === 'on_track' || phase === 'paused') return phase
  return 'waiting'
}
