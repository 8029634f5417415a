import { describe, expect, it } from 'vitest'
import { csvCell, csvMoment, csvOf } from './csv.ts'

describe('csvCell', () => {
  it.each(['=1+1', '+91 98', '-2', '@SUM(A1)', '\t=1', ' =1', '=HYPERLINK("http://x";"y")'])('defuses %j', (text) => {
    expect(csvCell(text).replace(/^"/, '')[0]).toBe("'")
  })

  it('quotes what would break a line or a field, and doubles quotes', () => {
    expect(csvCell('a,"b"\n')).toBe('"a,""b""\n"')
    expect(csvCell('plain')).toBe('plain')
  })

  it('writes numbers as they are and nothing for what is missing', () => {
    expect([csvCell(-2), csvCell(null), csvCell(undefined)]).toEqual(['-2', '', ''])
  })
})

describe('csvMoment', () => {
  it('is the clock of India, and nothing where there is no moment', () => {
    expect(csvMoment('2026-11-24T18:45:00Z')).toBe('2026-11-25 00:15:00')
    expect(csvMoment(null)).toBeNull()
  })
})

describe('csvOf', () => {
  it('writes the columns that have a value, with their headers', () => {
    const columns = [
      { id: 'a', header: 'Number', cell: () => null, value: (row: { a: string }) => row.a },
      { id: 'b', header: 'Actions', cell: () => null },
    ]
    expect(csvOf(columns, [{ a: 'x' }, { a: 'y' }])).toBe('Number\r\nx\r\ny\r\n')
  })
})
