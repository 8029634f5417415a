import { describe, expect, it } from 'vitest'
import { checkAll, checkIdentifier, checkValue, guessType, type IdentifierType, mask } from './identifiers.ts'

const GOOD: [IdentifierType, string, string][] = [
  ['MSISDN', '9876543210', '+919876543210'],
  ['MSISDN', '0091 98765-43210', '+919876543210'],
  ['MSISDN', '०९८७६५४३२१०', '+919876543210'],
  ['MSISDN', '+91 22 2345 6789', '+912223456789'],
  ['MSISDN', '+14155550123', '+14155550123'],
  ['MSISDN', 'ad-lersbk-s', 'AD-LERSBK-S'],
  ['IMEI', '49-015420-323751-8', '490154203237518'],
  ['IMEI', '49015420323751', '49015420323751'],
  ['IMSI', '404451234567890', '404451234567890'],
  ['ICCID', '8991 0009 0000 0000 003', '8991000900000000003'],
  ['IP', '203.0.113.7:50123', '203.0.113.7'],
  ['IP', '2001:DB8::7', '2001:db8::7'],
  ['MAC', '00-1a-2b-3c-4d-5e', '00:1A:2B:3C:4D:5E'],
  ['EMAIL', 'a.name@Example.COM', 'a.name@example.com'],
  ['URL', 'https://example.com/page?x=1', 'https://example.com/page?x=1'],
  ['HANDLE', 'Instagram: @some_user', 'instagram:some_user'],
  ['PAN', 'abcpe1234f', 'ABCPE1234F'],
  ['GSTIN', '27ABCPE1234F1ZB', '27ABCPE1234F1ZB'],
  ['BANK_ACCOUNT', 'ABCD0123456/00123456789', 'ABCD0123456:00123456789'],
  ['BANK_ACCOUNT', '00123456789@ABCD0123456.ifsc.npci', 'ABCD0123456:00123456789'],
  ['UPI_VPA', 'name@okbank', 'name@okbank'],
  ['UPI_RRN', '4123 4567 8901', '412345678901'],
  ['UTR', 'abcdn24123456789', 'ABCDN24123456789'],
  ['CARD', '4111 11XX XXXX 1111', '411111******1111'],
  ['VEHICLE', 'MH 12 AB 1234', 'MH12AB1234'],
  ['VEHICLE', '22BH1234AA', '22BH1234AA'],
  ['PASSPORT', 'a1234567', 'A1234567'],
  ['EPIC', 'ABC/1234567', 'ABC1234567'],
  ['CRYPTO_ADDRESS', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
  ['CRYPTO_ADDRESS', '0x52908400098527886E0F7030069857D2E4169EE7', '0x52908400098527886E0F7030069857D2E4169EE7'],
  ['CRYPTO_TX', `0x${'a1'.repeat(32)}`, `0x${'a1'.repeat(32)}`],
  ['CELL', '404-98-8331-230711555', '404-98-8331-230711555'],
  ['IBAN', 'DE89370400440532013000', 'DE89 3704 0044 0532 0130 00'],
  ['ORDER_ID', '  OD-2026-1 ', 'OD-2026-1'],
]

const BAD: [IdentifierType, string, string][] = [
  ['MSISDN', '12345', 'msisdn_format'],
  ['MSISDN', '5876543210', 'msisdn_format'],
  ['IMEI', '490154203237519', 'imei_checksum'],
  ['IMEI', '490154203237510', 'imei_checksum_zero'],
  ['IMEI', '000000000000000', 'imei_placeholder'],
  ['IMEI', '12345', 'imei_format'],
  ['IMSI', '104451234567890', 'imsi_country'],
  ['IP', '10.1.2.3', 'ip_private'],
  ['IP', '100.64.9.9', 'ip_carrier'],
  ['IP', '127.0.0.1', 'ip_special'],
  ['IP', 'fe80::1', 'ip_special'],
  ['IP', '203.0.113.0/24', 'ip_range'],
  ['IP', '203.0.113', 'ip_format'],
  ['EMAIL', 'name@okbank', 'email_is_upi'],
  ['EMAIL', 'no at sign', 'email_format'],
  ['UPI_VPA', 'name@example.com', 'upi_is_email'],
  ['URL', 'http://example.com', 'url_not_https'],
  ['URL', 'https://me:secret@example.com', 'url_with_login'],
  ['HANDLE', 'https://example.com/me', 'handle_is_url'],
  ['PAN', 'ABCXE1234F', 'pan_format'],
  ['GSTIN', '27ABCPE1234F1ZA', 'gstin_checksum'],
  ['BANK_ACCOUNT', '1234', 'bank_account_format'],
  ['UTR', '412345678901', 'utr_is_rrn'],
  ['CARD', '4111111111111111', 'card_full_number'],
  ['OTHER', '4111111111111111', 'card_full_number'],
  ['CELL', '404-98-99999999-1', 'cell_range'],
  ['IBAN', 'DE88370400440532013000', 'iban_checksum'],
  ['CRYPTO_ADDRESS', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdp', 'crypto_address_checksum'],
  ['IMEI', '4.90154E+14', 'sheet_rounded'],
  ['MSISDN', '98765\u200b43210', 'hidden_characters'],
  ['PAN', ' \u200b', 'empty'],
]

describe('a value', () => {
  it.each(GOOD)('%s %s is taken', (type, raw, value) => expect(checkValue(type, raw)).toEqual({ value }))
  it.each(BAD)('%s %s is told apart', (type, raw, problem) => expect(checkValue(type, raw)).toEqual({ problem }))

  it('of Aadhaar is checked by Verhoeff, and only taken on the order of a court', () => {
    expect(checkValue('AADHAAR', '2341 2341 2346', { mandate: 'COURT_ORDER' }).value).toBe('234123412346')
    expect(checkValue('AADHAAR', '234123412345').problem).toBe('aadhaar_checksum')
    expect(checkValue('AADHAAR', '234123412346', { mandate: 'BNSS_94' }).problem).toBe('aadhaar_needs_court_order')
    expect(checkValue('OTHER', 'holder of 2341 2341 2346').problem).toBe('aadhaar_in_text')
  })
})

describe('an IPv4 address', () => {
  const codes = (item: Parameters<typeof checkIdentifier>[0]) => checkIdentifier(item).map((each) => each.code)
  const at = { from: '2026-10-01T14:05:09+05:30', to: '2026-10-01T14:05:10+05:30' }

  it('needs a port and both times', () => {
    const found = codes({ type: 'IP', value: '203.0.113.7' })
    expect(found).toEqual(['ip_port_missing', 'ip_from_missing', 'ip_to_missing'])
    expect(codes({ type: 'IP', value: '203.0.113.7', port: 443, ...at })).toEqual([])
    expect(codes({ type: 'IP', value: '203.0.113.7:443', ...at })).toEqual([])
    expect(codes({ type: 'IP', value: '203.0.113.7:443', port: 80, ...at })).toEqual(['port_conflict'])
  })

  it('needs times to the second, with their zone, in order', () => {
    const item = { type: 'IP', value: '203.0.113.7', port: 443 } as const
    expect(codes({ ...item, ...at, from: '2026-10-01' })).toEqual(['time_not_to_the_second'])
    expect(codes({ ...item, ...at, from: '2026-10-01T14:05+05:30' })).toEqual(['time_not_to_the_second'])
    expect(codes({ ...item, ...at, to: '2026-10-01T14:05:10' })).toContain('time_zone_missing')
    expect(codes({ ...item, from: at.to, to: at.from })).toEqual(['period_reversed'])
  })

  it('of version 6 is one subscriber’s own', () => expect(codes({ type: 'IP', value: '2001:db8::7' })).toEqual([]))
})

describe('a list', () => {
  it('holds each identifier once, however it is written, and only types that the item takes', () => {
    const found = checkAll(
      [
        { type: 'MSISDN', value: '9876543210' },
        { type: 'MSISDN', value: '+91 98765 43210' },
        { type: 'PAN', value: 'ABCPE1234F' },
      ],
      ['MSISDN'],
    )
    expect(found.map((problems) => problems.map((each) => each.code))).toEqual([[], ['duplicate'], ['type_not_taken']])
  })

  it('takes the two software versions of one device for the same', () => {
    const found = checkAll([
      { type: 'IMEI', value: '490154203237518' },
      { type: 'IMEI', value: '49015420323751' },
    ])
    expect(found[1]?.[0]?.code).toBe('duplicate')
  })
})

it('guesses a type among those that are allowed', () => {
  expect(guessType('name@okbank', ['EMAIL', 'UPI_VPA'])).toBe('UPI_VPA')
  expect(guessType('9876543210', ['IMEI', 'MSISDN'])).toBe('MSISDN')
  expect(guessType('nothing like it', ['IMEI', 'MSISDN'])).toBeNull()
})

describe('a mask', () => {
  it.each<[IdentifierType, string, string]>([
    ['MSISDN', '+919876543210', '••••3210'],
    ['EMAIL', 'longname@example.com', '••••me@••••.com'],
    ['UPI_VPA', 'longname@okbank', '••••me@okbank'],
    ['HANDLE', 'instagram:some_user', 'instagram:••••ser'],
    ['BANK_ACCOUNT', 'ABCD0123456:00123456789', '••••789'],
    ['AADHAAR', '234123412346', 'XXXX XXXX 2346'],
    ['PAN', 'ABC', '••••C'],
  ])('of %s shows no more than it must', (type, raw, masked) => expect(mask(type, raw)).toBe(masked))
})
