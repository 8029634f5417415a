/** The words for the API's enumerations, in one place: `term(words, 'status', 'DRAFT')`, or `useTerm()` in a component. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'

type Terms = Record<string, MessageDescriptor>

const status: Terms = {
  DRAFT: msg`Draft`,
  PENDING_APPROVAL: msg`Waiting for approval`,
  APPROVED: msg`Approved`,
  SUBMITTED: msg`Submitted`,
  ACKNOWLEDGED: msg`Acknowledged`,
  IN_PROGRESS: msg`In progress`,
  RESPONSE_UPLOADED: msg`Response uploaded`,
  COMPLETED: msg`Completed`,
  REJECTED: msg`Rejected`,
  CANCELLED: msg`Cancelled`,
}

const priority: Terms = {
  NORMAL: msg`Normal`,
  URGENT: msg`Urgent`,
  CRITICAL: msg`Critical`,
}

const slaState: Terms = {
  ON_TRACK: msg`On track`,
  DUE_SOON: msg`Due soon`,
  BREACHED: msg`Overdue`,
  PAUSED: msg`Paused`,
  MET: msg`Met`,
  MISSED: msg`Missed`,
}

const requestType: Terms = {
  SUBSCRIBER_INFO: msg`Subscriber details`,
  CDR: msg`Call detail records`,
  IPDR: msg`IP detail records`,
  TOWER_DUMP: msg`Tower dump`,
  KYC: msg`KYC documents`,
  BANK_STATEMENT: msg`Bank statement`,
  TRANSACTION_TRAIL: msg`Transaction trail`,
  LOGIN_LOGS: msg`Login logs`,
  DEVICE_INFO: msg`Device details`,
  LOCATION: msg`Location`,
  CONTENT: msg`Content`,
  CCTV: msg`CCTV recording`,
  ORDER_DETAILS: msg`Order details`,
  PRESERVATION: msg`Preservation`,
  RESTRAINT: msg`Freeze or lien`,
  OTHER: msg`Other`,
}

const identifierType: Terms = {
  MSISDN: msg`Mobile number`,
  IMEI: msg`IMEI`,
  IMSI: msg`IMSI`,
  ICCID: msg`SIM number (ICCID)`,
  IP: msg`IP address`,
  MAC: msg`MAC address`,
  EMAIL: msg`E-mail address`,
  URL: msg`Web address`,
  HANDLE: msg`Account handle`,
  PAN: msg`PAN`,
  AADHAAR: msg`Aadhaar`,
  GSTIN: msg`GSTIN`,
  BANK_ACCOUNT: msg`Bank account`,
  UPI_VPA: msg`UPI address`,
  UPI_RRN: msg`UPI reference (RRN)`,
  UTR: msg`Bank reference (UTR)`,
  CARD: msg`Card`,
  VEHICLE: msg`Vehicle number`,
  PASSPORT: msg`Passport`,
  EPIC: msg`Voter card (EPIC)`,
  CRYPTO_ADDRESS: msg`Crypto address`,
  CRYPTO_TX: msg`Crypto transaction`,
  CELL: msg`Cell`,
  IBAN: msg`IBAN`,
  DEVICE_ID: msg`Device id`,
  ORDER_ID: msg`Order id`,
  OTHER: msg`Other`,
}

const mandateType: Terms = {
  BNSS_94: msg`BNSS section 94`,
  COURT_ORDER: msg`Court order`,
  SEARCH_WARRANT: msg`Search warrant`,
  BNSS_106: msg`BNSS section 106`,
  IT_ACT: msg`IT Act`,
  CRPC_91: msg`CrPC section 91`,
  CRPC_92: msg`CrPC section 92`,
  BBE_ACT: msg`Bankers' Books Evidence Act`,
  EMERGENCY: msg`Emergency`,
  LETTER: msg`Letter`,
  MLAT: msg`Mutual legal assistance`,
  OTHER: msg`Other`,
}

const outcome: Terms = {
  PENDING: msg`Not answered yet`,
  DISCLOSED: msg`Disclosed`,
  PARTIAL: msg`Partly disclosed`,
  NO_DATA: msg`No data`,
  REJECTED: msg`Refused`,
  INVALID: msg`Invalid`,
}

const reasonCode: Terms = {
  IDENTIFIER_INVALID: msg`The identifier is invalid`,
  IDENTIFIER_NOT_OURS: msg`The identifier is not ours`,
  INSUFFICIENT_DETAIL: msg`Not enough detail`,
  OVERBROAD: msg`Too broad`,
  MANDATE_MISSING: msg`The mandate is missing`,
  MANDATE_INSUFFICIENT: msg`The mandate does not suffice`,
  WRONG_ENTITY: msg`Addressed to the wrong company`,
  JURISDICTION: msg`Outside the jurisdiction`,
  DATA_NOT_HELD: msg`We do not hold this data`,
  DATA_EXPIRED: msg`The data has been deleted on schedule`,
  DUPLICATE: msg`A duplicate of another request`,
  SUSPECTED_FRAUD: msg`Suspected fraud`,
  OTHER: msg`Another reason`,
}

const responseStatus: Terms = {
  RECEIVED: msg`To be reviewed`,
  PARSED: msg`To be reviewed, parsed`,
  PARSE_FAILED: msg`To be reviewed, could not be parsed`,
  ACCEPTED: msg`Accepted`,
  REJECTED: msg`Rejected`,
}

const scanStatus: Terms = {
  AWAITING_UPLOAD: msg`Waiting for its bytes`,
  PENDING: msg`Being scanned`,
  CLEAN: msg`Clean`,
  SUSPICIOUS: msg`Suspicious`,
  INFECTED: msg`Infected`,
  ERROR: msg`Scan failed`,
  UNSCANNED: msg`Not scanned`,
}

const role: Terms = {
  SUPER_ADMIN: msg`Administrator`,
  IO: msg`Investigating officer`,
  APPROVER: msg`Approver`,
  PROVIDER: msg`Provider`,
}

const tenantType: Terms = {
  PLATFORM: msg`Platform`,
  LAW_ENFORCEMENT: msg`Law enforcement`,
  PROVIDER: msg`Provider`,
}

const presence: Terms = {
  ONLINE: msg`Online`,
  AWAY: msg`Away`,
  OFFLINE: msg`Offline`,
}

const decision: Terms = {
  APPROVE: msg`Approved`,
  REJECT: msg`Rejected`,
  REQUEST_CHANGES: msg`Changes requested`,
}

const verdict: Terms = {
  VALID: msg`Valid`,
  INVALID: msg`Invalid`,
  ALTERED: msg`Altered`,
  UNKNOWN_KEY: msg`Unknown key`,
}

const TERMS = {
  status,
  priority,
  slaState,
  requestType,
  identifierType,
  mandateType,
  outcome,
  reasonCode,
  responseStatus,
  scanStatus,
  role,
  tenantType,
  presence,
  decision,
  verdict,
}
export type TermKind = keyof typeof TERMS

/** The word for a value; a value that this version does not know is shown as it is, in lower case. */
export function term(words: I18n, kind: TermKind, value: string | null | undefined): string {
  if (!value) return '–'
  const found = TERMS[kind][value]
  return found ? words._(found) : value.toLowerCase().replaceAll('_', ' ')
}

/** All values of an enumeration with their words, in the enumeration's order: what a select needs. */
export function terms(words: I18n, kind: TermKind): { value: string; label: string }[] {
  return Object.entries(TERMS[kind]).map(([value, found]) => ({ value, label: words._(found) }))
}

export function useTerm(): (kind: TermKind, value: string | null | undefined) => string {
  const { i18n } = useLingui()
  return useCallback((kind, value) => term(i18n, kind, value), [i18n])
}
