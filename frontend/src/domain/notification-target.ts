/** Where a notification leads, in the portal of its reader. Every path here is a route of both or of the named portal. */
export interface Told {
  type: string
  request_id: string | null
}

export interface Reader {
  portal: 'enforcement' | 'provider'
  role: string
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
export function targetOf({ type, request_id }: Told, { portal, role }: Reader): Target | null {
  if (type === 'SECURITY' && role === 'SUPER_ADMIN') return { path: '/admin/break-glass' }
  if (type === 'SECURITY' && request_id === null) return { path: '/settings/sessions' }
  if (request_id === null) return null
  if (type === 'APPROVAL_REQUESTED' && portal === 'enforcement' && role === 'APPROVER') {
    return { path: `/approvals/${request_id}` }
  }
  const tab = TABS[type]
  return tab ? { path: `/requests/${request_id}`, tab } : { path: `/requests/${request_id}` }
}
