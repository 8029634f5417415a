/** Where in the wizard a thing is asked, and what of it is still missing. */
import type { Schema } from '~/api/index.ts'
import type { RequiredField } from './required-fields.ts'
import { STEPS, type Step } from './search.ts'

export type DraftProblem = Schema<'DraftProblemOut'>

/** The step that asks for what the API calls by this name. */
export function stepOf(field: string, fields: readonly RequiredField[] = []): Step {
  const [name = '', part = ''] = field.split('.')
  if (name === 'answers') {
    const kind = fields.find((each) => each.name === part)?.kind
    return kind === 'IDENTIFIER' ? 'identifiers' : kind === 'PERIOD' ? 'period' : 'what'
  }
  if (name === 'identifiers') return 'identifiers'
  if (name.startsWith('date_range')) return 'period'
  if (name.startsWith('legal_mandate') || name === 'court_order_number') return 'mandate'
  return name === 'approval_route' ? 'check' : 'what'
}

export const problemsAt = (problems: readonly DraftProblem[], step: Step, fields: readonly RequiredField[]) =>
  problems.filter((problem) => stepOf(problem.field, fields) === step)

/** The id of the element that mends a problem. */
export function elementOf(field: string): string {
  const [name = '', part = '', inside] = field.split('.')
  if (name === 'identifiers') return part === '' ? 'identifiers' : inside ? `identifier-${part}` : 'identifiers'
  return name === 'answers' ? `answer-${part}` : name
}

export function neighbour(step: Step, direction: 1 | -1): Step | null {
  return STEPS[STEPS.indexOf(step) + direction] ?? null
}

/** The hours that a provider promises at a priority: those of the next calmer one where it names none. */
export function promisedHours(
  terms: Pick<
    Schema<'CatalogItemOut'>,
    'sla_turnaround_hours' | 'sla_turnaround_hours_urgent' | 'sla_turnaround_hours_critical'
  >,
  priority: string,
): number {
  const { sla_turnaround_hours: normal, sla_turnaround_hours_urgent: urgent } = terms
  if (priority === 'CRITICAL') return terms.sla_turnaround_hours_critical ?? urgent ?? normal
  return priority === 'URGENT' ? (urgent ?? normal) : normal
}
