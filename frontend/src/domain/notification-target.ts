/** Where a notification leads. Every path is a route of both portals, or of the one where people of the role are. */
export interface Told {
  type: string
  request_id: string | null
}

export interface Target {
  path: string
  /** Which part of a request is open. */
  tab?: string
}

const TABS: Record<string, string> = {
  NEW_MESSAGE: 'chat',
  INFO_REQUESTED: 'chat',
  RESPONSE_RECEIVED: 'responses',
  RESPONSE_ACCEPTED: 'responses',
  RESPONSE_REJECTED: 'responses',
  SLA_WARNING: 'sla',
  SLA_BREACHED: 'sla',
  SLA_ESCALATED: 'sla',
  FILE_INFECTED: 'files',
}

/** The place where the reader can act on what they were told; null when there is nothing to see but the words. */
export function targetOf({ type, request_id }: Told, role: string): Target | null {
  if (type === 'SECURITY' && role === 'SUPER_ADMIN') return { path: '/admin/break-glass' }
  if (type === 'SECURITY' && request_id === null) return { path: '/settings/sessions' }
  if (request_id === null) return null
  if (type === 'APPROVAL_REQUESTED' && role === 'APPROVER') return { path: `/approvals/${request_id}` }
  const tab = TABS[type]
  return tab ? { path: `/requests/${request_id}`, tab } : { path: `/requests/${request_id}` }
}
