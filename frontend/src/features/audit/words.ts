/** Plain words for the trail's events, things and fields; the raw names stand beside them on the screen. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

type Words = Record<string, MessageDescriptor>

/** What kinds of events there are, as the filter offers them. */
export const FAMILIES: Words = {
  'request:': msg`Requests`,
  'approval:': msg`Approvals`,
  'response:': msg`Responses`,
  'file:': msg`Files`,
  'chat:': msg`Chat`,
  'sla:': msg`Due dates`,
  'auth:': msg`Sign-in`,
  'session:': msg`Sessions`,
  'key:': msg`Signing keys`,
  'user:': msg`People`,
  'tenant:': msg`Organisations`,
  'authority:': msg`Authority`,
  'catalog:': msg`Catalog`,
  'template:': msg`Templates`,
  'break_glass:': msg`Emergency access`,
  'job:': msg`Background jobs`,
  'log:': msg`Signing of the log`,
  'audit:': msg`Exports of the audit trail`,
  'refused:': msg`Refused attempts`,
}

const EVENTS: Words = {
  'request:create': msg`Draft made`,
  'request:update': msg`Draft changed`,
  'request:delete': msg`Draft deleted`,
  'request:cancel': msg`Draft cancelled`,
  'request:submit_for_approval': msg`Sent for approval`,
  'request:request_changes': msg`Changes asked for`,
  'request:approve': msg`Approved`,
  'request:reject': msg`Rejected`,
  'request:submit': msg`Submitted to the provider`,
  'request:acknowledge': msg`Acknowledged`,
  'request:start': msg`Work started`,
  'request:assign': msg`Assigned`,
  'request:request_info': msg`Question asked`,
  'request:request_extension': msg`More time asked for`,
  'request:grant_extension': msg`Decided on more time`,
  'request:challenge': msg`Genuineness doubted`,
  'request:challenge_confirmed': msg`Confirmed as genuine`,
  'request:decline': msg`Declined by the provider`,
  'request:respond': msg`Response uploaded`,
  'request:respond_partially': msg`Part of a response uploaded`,
  'request:reopen': msg`Sent back to work`,
  'request:complete': msg`Completed`,
  'request:withdraw': msg`Withdrawn`,
  'request:identifiers_read': msg`Identifiers read in clear`,
  'request:participant_added': msg`Colleague added`,
  'request:participant_removed': msg`Colleague removed`,
  'approval:sealed': msg`Decision sealed`,
  'response:create': msg`Response made`,
  'response:verify': msg`Response verified`,
  'response:accept': msg`Response accepted`,
  'response:reject': msg`Response rejected`,
  'response:rate': msg`Response rated`,
  'file:announce': msg`Upload begun`,
  'file:upload': msg`File uploaded`,
  'file:scan': msg`File scanned`,
  'file:download': msg`File opened`,
  'file:made': msg`File made by LERS`,
  'chat:post': msg`Message written`,
  'sla:warning': msg`Due soon: warning given`,
  'sla:last_hours': msg`Due in a few hours: last warning given`,
  'sla:breach': msg`Due date passed`,
  'sla:escalation_24': msg`Overdue for a day: superiors told`,
  'sla:escalation_72': msg`Overdue for three days: platform told`,
  'sla:resumed': msg`Clock runs again`,
  'sla:calendar_saved': msg`Working hours saved`,
  'auth:login': msg`Signed in`,
  'auth:login_failed': msg`Sign-in failed`,
  'auth:step_up': msg`Identity proved again`,
  'auth:unlock': msg`Account unlocked`,
  'auth:mfa_enrol': msg`Second step: authenticator app begun`,
  'auth:mfa_confirm': msg`Second step set up`,
  'auth:mfa_refused': msg`Second step: code refused`,
  'auth:mfa_recovery_used': msg`Second step: recovery code used`,
  'auth:mfa_codes_renewed': msg`Second step: new recovery codes`,
  'auth:mfa_disable': msg`Second step switched off`,
  'auth:mfa_reset': msg`Second step reset by an operator`,
  'auth:password_changed': msg`Password changed`,
  'auth:password_change_refused': msg`Password change refused`,
  'auth:refresh_reused': msg`Session ended: its key was used twice`,
  'session:ended': msg`Session ended`,
  'key:add': msg`Signing key added`,
  'key:revoke': msg`Signing key revoked`,
  'user:create': msg`Account made`,
  'user:invite': msg`Invitation sent`,
  'user:invitation_accepted': msg`Invitation accepted`,
  'user:update': msg`Account changed`,
  'user:preferences': msg`Own settings changed`,
  'user:deactivate': msg`Account closed`,
  'user:reactivate': msg`Account opened again`,
  'tenant:create': msg`Organisation added`,
  'tenant:update': msg`Organisation changed`,
  'authority:rule_created': msg`Approval rule added`,
  'authority:rule_changed': msg`Approval rule changed`,
  'authority:rule_deleted': msg`Approval rule deleted`,
  'authority:delegation_created': msg`Delegation given`,
  'authority:delegation_changed': msg`Delegation changed`,
  'authority:delegation_deleted': msg`Delegation ended`,
  'catalog:create': msg`Catalog item added`,
  'catalog:update': msg`Catalog item changed`,
  'catalog:delete': msg`Catalog item deleted`,
  'catalog:profile_update': msg`Service profile changed`,
  'template:create': msg`Template saved`,
  'template:update': msg`Template changed`,
  'template:delete': msg`Template deleted`,
  'template:use': msg`Template used`,
  'break_glass:ask': msg`Emergency access asked for`,
  'break_glass:open': msg`Emergency access opened`,
  'break_glass:end': msg`Emergency access ended`,
  'break_glass:read': msg`Case read under emergency access`,
  'job:retry': msg`Background job tried again`,
  'log:heartbeat': msg`Sign of life of the log`,
  'audit:export': msg`Audit trail exported`,
  'seed:load': msg`Sample data loaded`,
  'refused:not_found': msg`Refused: not there, or not theirs to see`,
  'refused:forbidden': msg`Refused: no right to do this`,
  'refused:illegal_transition': msg`Refused: not possible at this stage`,
}

const OBJECTS: Words = {
  request: msg`Request`,
  approval: msg`Approval`,
  response: msg`Response`,
  file: msg`File`,
  message: msg`Message`,
  session: msg`Session`,
  user: msg`Account`,
  tenant: msg`Organisation`,
  key: msg`Signing key`,
  authority_rule: msg`Approval rule`,
  delegation: msg`Delegation`,
  catalog_item: msg`Catalog item`,
  service_profile: msg`Service profile`,
  template: msg`Template`,
  break_glass: msg`Emergency access`,
  job: msg`Background job`,
  checkpoint: msg`Checkpoint`,
  export: msg`Export`,
}

const FIELDS: Words = {
  '': msg`State`,
  amr: msg`Proved by`,
  answers: msg`Answers`,
  asked_by: msg`Asked by`,
  assigned_to: msg`Assigned to`,
  case_reference: msg`Case`,
  catalog_item_id: msg`Catalog item`,
  cause: msg`Cause`,
  code: msg`Short name`,
  content_hash: msg`Hash of the content`,
  count: msg`How many`,
  court_order_number: msg`Court order`,
  date_range_from: msg`Period from`,
  date_range_to: msg`Period to`,
  decision: msg`Decision`,
  description: msg`Description`,
  due: msg`Due`,
  encrypted: msg`Encrypted`,
  expires_at: msg`Ends`,
  files: msg`Files`,
  findings: msg`Findings`,
  fingerprint: msg`Key fingerprint`,
  granted: msg`Granted`,
  hours: msg`Hours`,
  identifiers: msg`Identifiers`,
  legal_mandate_file_id: msg`Mandate document`,
  legal_mandate_type: msg`Mandate`,
  level: msg`Level`,
  levels: msg`Levels`,
  manifest_sha256: msg`Hash of the manifest`,
  metadata: msg`Further details`,
  method: msg`Call`,
  name: msg`Name`,
  notes: msg`Notes`,
  number: msg`Number`,
  on_behalf_of: msg`On behalf of`,
  part: msg`Part`,
  partial: msg`Only a part`,
  paused: msg`Clock paused`,
  policy: msg`Policy`,
  priority: msg`Priority`,
  purpose: msg`Purpose`,
  queue: msg`Queue`,
  reason: msg`Reason given`,
  reason_code: msg`Reason`,
  request_type: msg`Type`,
  role: msg`Role`,
  seal_kid: msg`Key of the seal`,
  sha256: msg`SHA-256`,
  signed_with: msg`Signed with key`,
  size: msg`Size`,
  sla_met: msg`On time`,
  statement_sha256: msg`Hash of the statement`,
  status: msg`State`,
  tenant: msg`Organisation`,
  two_person: msg`Two people needed`,
  type: msg`Kind`,
  use: msg`Use`,
  user: msg`Person`,
  verdict: msg`Verdict`,
}

const plain = (name: string) => name.replaceAll(/[_.:]/g, ' ').trim()

/** What this version has no words for is shown by its name rather than left out. */
const worded = (words: Words) => (i18n: I18n, name: string) => {
  const found = Object.hasOwn(words, name) ? words[name] : undefined
  return found ? i18n._(found) : plain(name)
}

export const fieldWord = worded(FIELDS)
const knownEvent = worded(EVENTS)
const knownObject = worded(OBJECTS)
const knownFamily = worded(FAMILIES)

export function eventWord(i18n: I18n, event: string): string {
  if (event.endsWith(':')) return knownFamily(i18n, event)
  return knownEvent(i18n, event)
}

/** A refused attempt names the call, not a thing: it has no word. */
export const objectWord = (i18n: I18n, type: string): string | null =>
  Object.hasOwn(OBJECTS, type) ? knownObject(i18n, type) : null

/** All events by their families, for a list to choose from. */
export function eventChoices(
  i18n: I18n,
): { family: string; label: string; events: { value: string; label: string }[] }[] {
  return Object.keys(FAMILIES).map((family) => ({
    family,
    label: knownFamily(i18n, family),
    events: Object.keys(EVENTS)
      .filter((event) => event.startsWith(family))
      .map((event) => ({ value: event, label: knownEvent(i18n, event) })),
  }))
}
