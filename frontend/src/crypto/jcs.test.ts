import { describe, expect, it } from 'vitest'
import { canonicalise, readCanonical } from './jcs.ts'

describe('canonicalise', () => {
  it('sorts by UTF-16 code units, as the example of RFC 8785 does', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1f600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonicalise(value)) as object)[0]).toBe('One')
    expect(canonicalise(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",' +
        '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    )
  })

  it('writes numbers and literals as RFC 8785 shows', () => {
    const numbers = [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001]
    expect(canonicalise({ numbers, literals: [null, true, false], string: '€$\u000f\nA\'B"\\\\"/' })).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('refuses what JSON cannot carry', () => {
    expect(() => canonicalise(Number.NaN)).toThrow(RangeError)
    expect(() => canonicalise({ a: '\ud800' })).toThrow(RangeError)
  })
})

describe('readCanonical', () => {
  it('takes the canonical text and no other form of it', () => {
    expect(readCanonical('{"a":1,"b":[true]}')).toEqual({ a: 1, b: [true] })
    expect(readCanonical('{"b":[true],"a":1}')).toBeNull()
    expect(readCanonical('{"a": 1}')).toBeNull()
    expect(readCanonical('{"a":1,"a":1}')).toBeNull()
    expect(readCanonical('{')).toBeNull()
  })
})
