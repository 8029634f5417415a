/** Words of the administration: states, fields, events, permissions, policies, parts and queues. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { PolicyName } from './tenant-form.ts'

type Words = Record<string, MessageDescriptor>

export const wordOf = (words: Words, i18n: I18n, name: string): string => {
  const found = Object.hasOwn(words, name) ? words[name] : undefined
  return found ? i18n._(found) : name.replaceAll(/[_.:-]/g, ' ')
}

export const EVENTS: Words = {
  'user:create': msg`Account made`,
  'user:invite': msg`Invitation made`,
  'user:update': msg`Account changed`,
  'user:deactivate': msg`Account closed`,
  'user:reactivate': msg`Account opened again`,
  'tenant:create': msg`Organisation added`,
  'tenant:update': msg`Organisation changed`,
  'authority:rule_created': msg`Approval rule added`,
  'authority:rule_changed': msg`Approval rule changed`,
  'authority:rule_deleted': msg`Approval rule deleted`,
}

export const FIELDS: Words = {
  full_name: msg`Name`,
  name: msg`Name`,
  email: msg`E-mail`,
  role: msg`Role`,
  rank: msg`Rank`,
  badge_number: msg`Badge number`,
  unit: msg`Unit`,
  phone: msg`Phone`,
  is_tenant_admin: msg`Administers the organisation`,
  is_active: msg`Active`,
  tenant: msg`Organisation`,
  type: msg`Kind`,
  code: msg`Short name`,
  parent_id: msg`Belongs to`,
  policy: msg`Policy`,
  fields: msg`Fields`,
  levels: msg`Levels`,
  request_type: msg`Type of request`,
  legal_mandate_type: msg`Mandate`,
  priority: msg`Priority`,
}

export const POLICIES: Record<PolicyName, { label: MessageDescriptor; meaning: MessageDescriptor }> = {
  auto_submit: {
    label: msg`Submit at once when approved`,
    meaning: msg`The last approval sends the request to the provider. Off: the officer sends it by hand.`,
  },
  signature_level: {
    label: msg`Signatures`,
    meaning: msg`What approvals of an agency, and responses of a provider, are signed with.`,
  },
  break_glass_two_person: {
    label: msg`Emergency access needs two administrators`,
    meaning: msg`A second administrator of the platform confirms before the first may read a case of this organisation.`,
  },
  mfa_required: {
    label: msg`Second factor at sign-in`,
    meaning: msg`Everybody of the organisation sets up an authenticator app before anything else, and types its code at each sign-in. It holds at once, for open sessions too.`,
  },
  e2e_chat: {
    label: msg`End-to-end encrypted chat`,
    meaning: msg`Noted, but not in force yet: chats are encrypted at rest by the server.`,
  },
}

export const SIGNATURE_LEVELS: readonly { value: number; label: MessageDescriptor; meaning: MessageDescriptor }[] = [
  { value: 0, label: msg`The server's seal`, meaning: msg`A key of one's own may be used, but need not.` },
  { value: 1, label: msg`A key of one's own`, meaning: msg`Nobody decides or responds without having made a key.` },
  {
    value: 2,
    label: msg`A key of one's own, in hardware`,
    meaning: msg`Kept for smart cards; until they can be used it acts as the level before.`,
  },
]

/** Members of a policy in a line: `Submit at once when approved: no`. */
export function policyText(i18n: I18n, policy: object): string {
  return Object.entries(policy)
    .map(([name, value]) => {
      const words = Object.hasOwn(POLICIES, name) ? POLICIES[name as PolicyName] : undefined
      const level = name === 'signature_level' ? SIGNATURE_LEVELS.find((each) => each.value === value) : undefined
      const shown = level ? level.label : value ? msg`yes` : msg`no`
      return `${words ? i18n._(words.label) : name}: ${i18n._(shown)}`
    })
    .join(', ')
}

/** What each permission lets one do, and under which heading it stands. */
export const PERMISSIONS: readonly { heading: MessageDescriptor; items: Words }[] = [
  {
    heading: msg`Requests and responses`,
    items: {
      'request:read': msg`See requests that they take part in`,
      'request:create': msg`Draft requests and send them for approval`,
      'request:approve': msg`Approve requests of the unit, as far as the rank reaches`,
      'request:fulfil': msg`Acknowledge, work on and decline requests that reached the provider`,
      'response:create': msg`Upload and sign responses`,
      'response:review': msg`Accept, reject and rate responses`,
      'chat:read': msg`Read the chats of their requests`,
      'chat:write': msg`Write in the chats of their requests`,
      'file:read': msg`Open files of their requests`,
      'file:create': msg`Upload files`,
    },
  },
  {
    heading: msg`Catalog and templates`,
    items: {
      'catalog:read': msg`See what providers offer`,
      'catalog:write': msg`Change the provider's catalog and service profile`,
      'template:read': msg`Use templates`,
      'template:write': msg`Write templates`,
    },
  },
  {
    heading: msg`People and rules`,
    items: {
      'colleague:read': msg`See the names of colleagues`,
      'user:read': msg`See accounts`,
      'user:write': msg`Add, change and close accounts`,
      'tenant:read': msg`See organisations`,
      'tenant:write': msg`Change the organisation's policy`,
      'authority:read': msg`See who may approve what`,
      'authority:write': msg`Decide who may approve what, in an agency`,
    },
  },
  {
    heading: msg`Oversight and operation`,
    items: {
      'audit:read': msg`Read and verify the audit trail`,
      'analytics:read': msg`See figures`,
      'notification:read': msg`Get notifications`,
      'presence:write': msg`Be shown as online`,
      'ops:read': msg`See queues, jobs and the health of LERS`,
      'ops:write': msg`Try failed jobs again`,
      'break_glass:open': msg`Read one case in an emergency, for an hour, on record`,
    },
  },
]

export const STOPS: Words = {
  INVITED: msg`The invitation has not been accepted yet: there is no password to sign in with.`,
  DEACTIVATED: msg`The account is closed.`,
  TENANT_DEACTIVATED: msg`The organisation is closed.`,
}

export const PARTS: Record<string, { name: MessageDescriptor; does: MessageDescriptor }> = {
  web: { name: msg`Web server`, does: msg`Answers the portals and the API` },
  hub: { name: msg`Live hub`, does: msg`Carries chat, presence and live news` },
  relay: { name: msg`Relay`, does: msg`Hands events from the database to queues and hub` },
  workers: { name: msg`Workers`, does: msg`Do the background jobs` },
  scheduler: { name: msg`Scheduler`, does: msg`Starts the periodic jobs` },
  database: { name: msg`Database`, does: msg`Holds requests, accounts and the audit trail` },
  redis: { name: msg`Queue server`, does: msg`Holds queues and who is online` },
  storage: { name: msg`File store`, does: msg`Holds the encrypted files` },
  scanner: { name: msg`Virus scanner`, does: msg`Looks at every file before it is given out` },
  mail: { name: msg`Mail server`, does: msg`Sends notifications by e-mail` },
}

export const PART_STATES: Words = {
  OK: msg`Works`,
  DEGRADED: msg`Works in part`,
  DOWN: msg`Does not answer`,
  UNKNOWN: msg`Not known`,
  OFF: msg`Not set up`,
}

export const QUEUES: Words = {
  notify: msg`Notifications`,
  mail: msg`Mail`,
  scan: msg`Virus scans`,
  sweep: msg`Housekeeping`,
}

export const PERIODIC: Words = {
  cleaning: msg`Remove what has expired`,
  'event-sweep': msg`Deliver events that were left behind`,
  'mail-sweep': msg`Send mails that were left behind`,
  'audit-checkpoint': msg`Sign the audit log`,
  'presence-sweep': msg`Mark who has gone offline`,
  'scan-sweep': msg`Scan files that were left behind`,
  'sla-monitor': msg`Watch due dates, warn and escalate`,
}

export const JOB_STATES: Words = {
  QUEUED: msg`Waits`,
  SCHEDULED: msg`Planned`,
  DEFERRED: msg`Waits for another`,
  STARTED: msg`Running`,
  FINISHED: msg`Done`,
  FAILED: msg`Failed`,
  CANCELED: msg`Cancelled`,
}

export const WORKER_STATES: Words = {
  IDLE: msg`Idle`,
  BUSY: msg`Busy`,
  STARTED: msg`Starting`,
  SUSPENDED: msg`Suspended`,
}
