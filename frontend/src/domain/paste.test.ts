import { describe, expect, it } from 'vitest'
import { readMoment, readSheet } from './paste.ts'

describe('a pasted sheet', () => {
  it('may be one value a row, whose type is found from its form', () => {
    const rows = readSheet('9876543210\r\n\r\n490154203237518\n', ['MSISDN', 'IMEI'])
    expect(rows).toEqual([
      { line: 1, identifier: { type: 'MSISDN', value: '9876543210' }, guessed: true },
      { line: 3, identifier: { type: 'IMEI', value: '490154203237518' }, guessed: true },
    ])
  })

  it('may have columns with headings, in any order', () => {
    const [row] = readSheet(
      'Value\tType\tFrom\tTo\tPort\n203.0.113.7\tip\t01/10/2026 14:05:09\t01/10/2026 14:05:10\t50123',
      ['IP'],
    )
    expect(row?.identifier).toEqual({
      type: 'IP',
      value: '203.0.113.7',
      from: '2026-10-01T14:05:09+05:30',
      to: '2026-10-01T14:05:10+05:30',
      port: 50123,
    })
    expect(row?.guessed).toBe(false)
  })

  it('may have columns without headings: type, value, from, to', () => {
    const [row] = readSheet('MSISDN,9876543210,2026-10-01,2026-10-31', ['MSISDN'])
    expect(row?.identifier).toEqual({ type: 'MSISDN', value: '9876543210', from: '2026-10-01', to: '2026-10-31' })
  })

  it('keeps separators inside quotes', () => {
    const [row] = readSheet('value,note\n9876543210,"first, and ""main"" number"', ['MSISDN'])
    expect(row?.identifier.note).toBe('first, and "main" number')
  })

  it('keeps a value that fits no type, so that its problem can be told', () => {
    const [row] = readSheet('garbage', ['MSISDN'])
    expect(row?.identifier).toEqual({ type: 'MSISDN', value: 'garbage' })
  })

  it('holds nothing when it is blank', () => expect(readSheet(' \n\t\n', ['MSISDN'])).toEqual([]))
})

describe('a moment of a sheet', () => {
  it.each([
    ['1-10-2026', '2026-10-01'],
    ['2026-10-01 14:05:09', '2026-10-01T14:05:09+05:30'],
    ['01.10.2026 9:05', '2026-10-01T09:05+05:30'],
    ['2026-10-01T14:05:09Z', '2026-10-01T14:05:09Z'],
    ['2026-10-01 14:05:09 +0530', '2026-10-01T14:05:09+05:30'],
    ['yesterday', 'yesterday'],
  ])('%s is read', (text, iso) => expect(readMoment(text)).toBe(iso))
})
