/** What an officer changed since the request was sent back. The trail names fields, never their old values. */
import type { Schema } from '~/api/index.ts'
import type { Approval } from './route.ts'

type Event = Pick<Schema<'TimelineOut'>, 'at' | 'event' | 'change'>

export interface ChangesSince {
  /** The decision that sent it back. */
  decision: Approval
  /** Names of fields, in the order in which they were first changed. */
  fields: string[]
  /** When it was sent again; null while it is not. */
  resentAt: string | null
}

/** Not the officer's to change in a way that an approver would look at. */
const SILENT: ReadonlySet<string> = new Set(['metadata'])

export function changesSince(approvals: readonly Approval[], timeline: readonly Event[]): ChangesSince | null {
  const decision = approvals.filter(({ action }) => action === 'REQUEST_CHANGES').at(-1)
  if (!decision) return null
  const later = timeline.filter(({ at }) => at > decision.action_timestamp)
  const fields = new Set<string>()
  for (const { event, change } of later) {
    const named = event === 'request:update' ? change?.fields : null
    if (Array.isArray(named))
      for (const name of named) if (typeof name === 'string' && !SILENT.has(name)) fields.add(name)
  }
  const resent = later.filter(({ event }) => event === 'request:submit_for_approval').at(-1)
  return { decision, fields: [...fields], resentAt: resent?.at ?? null }
}
