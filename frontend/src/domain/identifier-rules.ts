/**
 * One rule for each type of identifier: what it must look like, said before anything is sent.
 *
 * The rules are those of lers_web/domains/requests/identifier_rules. Three checks are left to the server, whose verdict
 * counts anyway: foreign telephone plans, operators' codes, and checksums that need a hash (base58, EIP-55).
 */
import { bech32, luhn, mod97, verhoeff } from './checksums.ts'
import { compact, plainDigits } from './identifier-text.ts'
import { judgeIp } from './ip-address.ts'

export const IDENTIFIER_TYPES = [
  'MSISDN',
  'IMEI',
  'IMSI',
  'ICCID',
  'IP',
  'MAC',
  'EMAIL',
  'URL',
  'HANDLE',
  'PAN',
  'AADHAAR',
  'GSTIN',
  'BANK_ACCOUNT',
  'UPI_VPA',
  'UPI_RRN',
  'UTR',
  'CARD',
  'VEHICLE',
  'PASSPORT',
  'EPIC',
  'CRYPTO_ADDRESS',
  'CRYPTO_TX',
  'CELL',
  'IBAN',
  'DEVICE_ID',
  'ORDER_ID',
  'OTHER',
] as const
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number]

/** Why a value cannot be used, as a name; the sentences are the screens'. */
export type ValueProblem =
  | `${Lowercase<IdentifierType>}_format`
  | `${'imei' | 'aadhaar' | 'gstin' | 'iban' | 'crypto_address'}_checksum`
  | 'imei_checksum_zero'
  | 'imei_placeholder'
  | 'imsi_country'
  | 'cell_country'
  | 'cell_range'
  | 'ip_range'
  | 'ip_carrier'
  | 'ip_private'
  | 'ip_special'
  | 'mac_placeholder'
  | 'email_is_upi'
  | 'upi_is_email'
  | 'utr_is_rrn'
  | 'url_not_https'
  | 'url_with_login'
  | 'handle_is_url'
  | 'handle_is_address'
  | 'card_full_number'
  | 'aadhaar_in_text'
  | 'aadhaar_needs_court_order'

/** A sound value as it will be stored, or why it is none. */
export type Verdict = { value: string; problem?: undefined } | { value?: undefined; problem: ValueProblem }

export interface Context {
  mandate?: string | null
}

const ok = (value: string): Verdict => ({ value })
const no = (problem: ValueProblem): Verdict => ({ problem })
const matching = (pattern: RegExp, problem: ValueProblem, strip?: string) => (raw: string) => {
  const text = compact(raw, strip).toUpperCase()
  return pattern.test(text) ? ok(text) : no(problem)
}

function msisdn(raw: string): Verdict {
  const text = plainDigits(raw)
  if (/^[A-Z]{2}-[A-Z0-9]{3,9}(-[PSTG])?$/i.test(text)) return ok(text.toUpperCase())
  if (!/^\+?[\d\s().\-/]+$/.test(text)) return no('msisdn_format')
  const bare = text.replace(/[\s().\-/]/g, '')
  const foreign = /^(?:\+|00)(?!91)([1-9]\d{6,14})$/.exec(bare)
  if (foreign) return ok(`+${foreign[1]}`)
  const mobile = /^(?:\+91|0091|91|0)?([6-9]\d{9})$/.exec(bare)
  if (mobile) return ok(`+91${mobile[1]}`)
  // A landline, with its area code and India's code before it.
  const landline = /^(?:\+91|0091)0?([1-5]\d{9})$/.exec(bare)
  return landline ? ok(`+91${landline[1]}`) : no('msisdn_format')
}

function imei(raw: string): Verdict {
  const digits = compact(raw, ' -./')
  if (!/^\d{14,16}$/.test(digits)) return no('imei_format')
  if (new Set(digits).size === 1) return no('imei_placeholder')
  if (digits.length === 15 && !luhn(digits)) {
    return no(digits.endsWith('0') ? 'imei_checksum_zero' : 'imei_checksum')
  }
  return ok(digits)
}

function imsi(raw: string): Verdict {
  const digits = compact(raw)
  if (!/^\d{6,15}$/.test(digits)) return no('imsi_format')
  return /^[2-7]/.test(digits) ? ok(digits) : no('imsi_country')
}

function iccid(raw: string): Verdict {
  const digits = compact(raw).toUpperCase().replace(/F+$/, '')
  return /^89\d{16,18}$/.test(digits) ? ok(digits) : no('iccid_format')
}

/** An address with the port that may stand behind it, as `203.0.113.7:50123` or `[2001:db8::7]:443`. */
export function splitPort(raw: string): { address: string; port?: string } {
  const text = plainDigits(raw)
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  const behind = bracketed ?? /^([\d.]+):(\d{1,5})$/.exec(text)
  return behind ? { address: behind[1] ?? '', port: behind[2] } : { address: text }
}

const IP_PROBLEM = { form: 'ip_format', carrier: 'ip_carrier', private: 'ip_private', special: 'ip_special' } as const

function ip(raw: string): Verdict {
  const { address } = splitPort(raw)
  if (address.includes('/')) return no('ip_range')
  const { verdict } = judgeIp(address)
  return verdict === 'ok' ? ok(address.toLowerCase()) : no(IP_PROBLEM[verdict])
}

function mac(raw: string): Verdict {
  const bare = plainDigits(raw)
    .replace(/[:\-. ]/g, '')
    .toUpperCase()
  if (!/^[0-9A-F]{12}$/.test(bare)) return no('mac_format')
  if (/^(0{12}|F{12})$/.test(bare)) return no('mac_placeholder')
  return ok(bare.match(/../g)?.join(':') ?? bare)
}

function email(raw: string): Verdict {
  if (/^[A-Za-z0-9._-]+@[A-Za-z][A-Za-z0-9]*$/.test(raw)) return no('email_is_upi')
  const form = /^[^\s@"(),:;<>[\]\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]*$/u
  const local = raw.split('@')[0] ?? ''
  const dotted = local.startsWith('.') || local.endsWith('.') || local.includes('..')
  if (!form.test(raw) || dotted) return no('email_format')
  const at = raw.lastIndexOf('@')
  return ok(raw.slice(0, at) + raw.slice(at).toLowerCase())
}

function url(raw: string): Verdict {
  if (/[\s<>"`{}|\\^]/.test(raw)) return no('url_format')
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)/i.exec(raw)
  if (!parts) return no('url_format')
  if (parts[1]?.toLowerCase() !== 'https') return no('url_not_https')
  const place = parts[2] ?? ''
  if (place.includes('@')) return no('url_with_login')
  return /^(\[[0-9a-f:.]+\]|[^:]+\.[^:]+)(:\d{1,5})?$/i.test(place) ? ok(raw) : no('url_format')
}

function handle(raw: string): Verdict {
  if (/^https?:\/\//i.test(raw)) return no('handle_is_url')
  const match = /^(?:([A-Za-z][A-Za-z0-9._-]{1,39}):\s*)?@?([^\s:/\\<>"'`]{1,100})$/.exec(raw)
  if (!match) return no('handle_format')
  const [, platform, user = ''] = match
  if (!platform && user.includes('@')) return no('handle_is_address')
  return ok(platform ? `${platform.toLowerCase()}:${user}` : user)
}

function aadhaar(raw: string, { mandate }: Context): Verdict {
  if (mandate && mandate !== 'COURT_ORDER') return no('aadhaar_needs_court_order')
  const digits = compact(raw)
  if (!/^(?:[2-9]\d{11}|\d{16})$/.test(digits)) return no('aadhaar_format')
  return verhoeff(digits) ? ok(digits) : no('aadhaar_checksum')
}

const PAN = /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/
const BASE36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

function gstin(raw: string): Verdict {
  const text = compact(raw).toUpperCase()
  const sound = /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(text) && PAN.test(text.slice(2, 12))
  if (!sound) return no('gstin_format')
  return luhn(text, BASE36) ? ok(text) : no('gstin_checksum')
}

function bankAccount(raw: string): Verdict {
  const text = compact(raw, ' -').toUpperCase()
  const ifsc = '[A-Z]{4}0[A-Z0-9]{6}'
  const first = new RegExp(`^(${ifsc})[:/](\\d{9,18})$`).exec(text)
  if (first) return ok(`${first[1]}:${first[2]}`)
  const behind = new RegExp(`^(\\d{9,18})@(${ifsc})(?:\\.IFSC\\.NPCI)?$`).exec(text)
  if (behind) return ok(`${behind[2]}:${behind[1]}`)
  return /^\d{9,18}$/.test(text) ? ok(text) : no('bank_account_format')
}

function upiVpa(raw: string): Verdict {
  if (raw.includes('@') && raw.slice(raw.lastIndexOf('@')).includes('.')) return no('upi_is_email')
  return /^[A-Za-z0-9][A-Za-z0-9._-]{1,255}@[A-Za-z][A-Za-z0-9]{1,63}$/.test(raw) ? ok(raw) : no('upi_vpa_format')
}

function utr(raw: string): Verdict {
  const text = compact(raw).toUpperCase()
  if (/^\d{12}$/.test(text)) return no('utr_is_rrn')
  return /^(?=.*\d)[A-Z0-9]{16}(?:[A-Z0-9]{6})?$/.test(text) ? ok(text) : no('utr_format')
}

function card(raw: string): Verdict {
  const text = plainDigits(raw)
  if (/^\d{13,}$/.test(compact(text, ' -./'))) return no('card_full_number')
  const match =
    /^(\d{6,8})[ *xX•#.-]+(\d{4})$/.exec(text) ??
    /^(\d{4}[ -]?\d{2}(?:\d{2})?)[ -]?[*xX•#]+[ *xX•#-]*(\d{4})$/.exec(text)
  return match ? ok(`${compact(match[1] ?? '')}******${match[2]}`) : no('card_format')
}

function vehicle(raw: string): Verdict {
  const text = compact(raw, ' -.').toUpperCase()
  const registration = /^[A-Z]{2}\d{1,2}[A-Z]{0,3}\d{1,4}$/.test(text) || /^\d{2}BH\d{4}[A-HJ-NP-Z]{1,2}$/.test(text)
  const chassis = /^(?=.*\d)[A-HJ-NPR-Z0-9]{17}$/.test(text)
  return registration || chassis ? ok(text) : no('vehicle_format')
}

function cryptoAddress(raw: string): Verdict {
  const [, chain, bare = raw] = /^(btc|bitcoin|eth|ethereum|trx|tron):(?:\/\/)?(.+)$/i.exec(raw) ?? []
  const named = chain?.[0]?.toLowerCase()
  if (/^0x[0-9a-f]{40}$/i.test(bare)) return !named || named === 'e' ? ok(bare) : no('crypto_address_format')
  if (/^T[1-9A-HJ-NP-Za-km-z]{33}$/.test(bare)) return !named || named === 't' ? ok(bare) : no('crypto_address_format')
  if (named && named !== 'b') return no('crypto_address_format')
  if (/^bc1/i.test(bare)) {
    const oneCase = bare === bare.toLowerCase() || bare === bare.toUpperCase()
    return oneCase && bech32(bare.toLowerCase()) ? ok(bare.toLowerCase()) : no('crypto_address_checksum')
  }
  return /^[13][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(bare) ? ok(bare) : no('crypto_address_format')
}

const MAX_AREA = 0xffffff
const MAX_CELL = 2 ** 36 - 1

function cell(raw: string): Verdict {
  const text = plainDigits(raw).replaceAll(' ', '').toUpperCase()
  const dashed = /^(\d{3})-\d{2,3}-(\d{1,8})-(\d{1,11})$/.exec(text)
  if (dashed) {
    if (Number(dashed[2]) > MAX_AREA || Number(dashed[3]) > MAX_CELL) return no('cell_range')
    return /^[2-7]/.test(text) ? ok(text) : no('cell_country')
  }
  return /^[2-7]\d{9,20}$/.test(text) || /^[2-7]\d{4,5}[0-9A-F]{6,12}$/.test(text) ? ok(text) : no('cell_format')
}

function iban(raw: string): Verdict {
  const text = compact(raw, ' -.').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return no('iban_format')
  return mod97(text) ? ok(text.match(/.{1,4}/g)?.join(' ') ?? text) : no('iban_checksum')
}

const CARD_IN_TEXT = /^(?:[456]\d{15}|2[2-7]\d{14}|3[47]\d{13})$/

/** Whether text seems to hold an Aadhaar number, which belongs nowhere but in an identifier of that type. */
export function findAadhaar(text: string): boolean {
  const hits = plainDigits(text).matchAll(/(?<![\d+])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?!\d)/g)
  return [...hits].some(([hit]) => verhoeff(compact(hit)))
}

function freeText(problem: ValueProblem, most: number, guarded: boolean) {
  return (raw: string): Verdict => {
    const text = raw.normalize('NFC').replace(/\s+/g, ' ')
    if (text.length < 2 || text.length > most || !/[\p{L}\p{N}]/u.test(text)) return no(problem)
    const digits = compact(text)
    if (guarded && CARD_IN_TEXT.test(digits) && luhn(digits)) return no('card_full_number')
    return guarded && findAadhaar(text) ? no('aadhaar_in_text') : ok(text)
  }
}

export const RULES: Record<IdentifierType, (raw: string, context: Context) => Verdict> = {
  MSISDN: msisdn,
  IMEI: imei,
  IMSI: imsi,
  ICCID: iccid,
  IP: ip,
  MAC: mac,
  EMAIL: email,
  URL: url,
  HANDLE: handle,
  PAN: matching(PAN, 'pan_format'),
  AADHAAR: aadhaar,
  GSTIN: gstin,
  BANK_ACCOUNT: bankAccount,
  UPI_VPA: upiVpa,
  UPI_RRN: matching(/^\d{12}$/, 'upi_rrn_format'),
  UTR: utr,
  CARD: card,
  VEHICLE: vehicle,
  PASSPORT: matching(/^[A-Z]\d{7}$/, 'passport_format'),
  EPIC: matching(/^[A-Z]{3}\d{7}$/, 'epic_format', ' -/'),
  CRYPTO_ADDRESS: cryptoAddress,
  CRYPTO_TX: (raw) => (/^(?:0x)?[0-9a-f]{64}$/i.test(raw) ? ok(raw) : no('crypto_tx_format')),
  CELL: cell,
  IBAN: iban,
  DEVICE_ID: freeText('device_id_format', 128, false),
  ORDER_ID: freeText('order_id_format', 128, false),
  OTHER: freeText('other_format', 255, true),
}
