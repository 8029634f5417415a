import { describe, expect, it } from 'vitest'
import { acceptOf, faultOf, mediaTypeOf, previewKindOf } from './media.ts'
import { decodeText, readTable } from './text-table.ts'
import { zoomed } from './zoom.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const check = (name: string, head: Uint8Array, purpose: 'MANDATE' | 'RESPONSE' = 'RESPONSE') =>
  faultOf({ name, size: head.length }, head, purpose, 1_000)

describe('a file before it is sent', () => {
  it.each([
    ['order.pdf', bytes('%PDF-1.7'), null],
    ['ORDER.PDF', bytes('%PDF-1.7'), null],
    ['order.pdf', bytes('hello'), 'content_differs'],
    ['scan.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), null],
    ['cdr.csv', bytes('a,b\n1,2'), null],
    ['cdr.csv', Uint8Array.of(0xff, 0xfe, 0x61, 0), null],
    ['cdr.csv', bytes('%PDF-1.7'), 'content_differs'],
    ['cdr.csv', Uint8Array.of(0x61, 0), 'content_differs'],
    ['cdr.xlsx', bytes('PK\u0003\u0004'), null],
    ['cdr.xlsx', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), 'office_locked'],
    ['run.exe', bytes('MZ'), 'kind_not_taken'],
    ['.pdf', bytes('%PDF-'), 'kind_not_taken'],
    ['empty.pdf', bytes(''), 'empty'],
    ['big.txt', bytes('x'.repeat(1_001)), 'too_large'],
  ])('%s is judged by name and first bytes', (name, head, fault) => expect(check(name, head)).toBe(fault))

  it('is taken by purpose', () => {
    expect(check('cdr.csv', bytes('a,b'), 'MANDATE')).toBe('kind_not_taken')
    expect(acceptOf('MANDATE')).toContain('.pdf')
    expect(acceptOf('MANDATE')).not.toContain('.csv')
  })

  it('is declared by its name, as browsers name it by what is installed', () => {
    expect(mediaTypeOf('CDR of July.CSV')).toBe('text/csv')
    expect(mediaTypeOf('noextension')).toBeNull()
    expect(previewKindOf('text/csv')).toBe('table')
    expect(previewKindOf('application/zip')).toBeNull()
  })
})

describe('a text file', () => {
  it('is read in the encodings that arrive', () => {
    expect(decodeText(bytes('नमस्ते'))).toBe('नमस्ते')
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x41, 0))).toBe('A')
    expect(decodeText(Uint8Array.of(0x52, 0xe9, 0x21))).toBe('Ré!')
  })

  it('is not taken for broken when the piece ends inside a character', () =>
    expect(decodeText(bytes('कख').slice(0, 4))).toBe('क'))

  it('becomes a table under its real heading, whatever stands above it', () => {
    const text = 'BHARAT TELECOM\nCall Details\n"Target","B party, name",Date\n"1","a ""b""",2026-10-01\n2,c\n'
    expect(readTable(text)).toEqual({
      head: ['Target', 'B party, name', 'Date'],
      rows: [
        ['BHARAT TELECOM', '', ''],
        ['Call Details', '', ''],
        ['1', 'a "b"', '2026-10-01'],
        ['2', 'c', ''],
      ],
      more: false,
    })
  })

  it('shows the first rows and says that there are more', () => {
    const table = readTable(`a;b\n${'1;2\n'.repeat(10)}`, 3)
    expect(table.rows).toHaveLength(3)
    expect(table.more).toBe(true)
  })
})

it('zoom goes up and down by steps, and stops at both ends', () => {
  expect(zoomed(0.62, 1)).toBe(0.75)
  expect(zoomed(0.75, -1)).toBe(0.5)
  expect(zoomed(3, 1)).toBe(3)
  expect(zoomed(0.3, -1)).toBe(0.5)
})
