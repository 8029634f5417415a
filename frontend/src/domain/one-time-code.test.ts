import { describe, expect, it } from 'vitest'
import { digitsOf, inGroups, isRecoveryCode, isWhole } from './one-time-code.ts'

describe('digitsOf', () => {
  it.each([
    ['492039', '492039'],
    ['492 039', '492039'],
    [' 492-039\n', '492039'],
    ['49a2', '492'],
    ['4920391', '492039'],
    ['', ''],
  ])('reads %j', (typed, code) => expect(digitsOf(typed)).toBe(code))
})

describe('isWhole', () => {
  it.each([
    ['492039', true],
    ['49203', false],
    ['', false],
    ['49203x', false],
  ])('%j: %j', (code, whole) => expect(isWhole(code)).toBe(whole))
})

describe('isRecoveryCode', () => {
  it.each([
    ['abcd-efgh-ijkl-mnop-qrst-uv23', true],
    ['ABCD EFGH IJKL MNOP QRST UV23', true],
    ['abcdefghijklmnopqrstuv23', true],
    ['abcd-efgh-ijkl-mnop-qrst-uv2', false],
    ['abcd-efgh-ijkl-mnop-qrst-uv01', false],
    ['492039', false],
  ])('%j: %j', (typed, is) => expect(isRecoveryCode(typed)).toBe(is))
})

describe('inGroups', () => {
  it.each([
    ['JBSWY3DPEHPK3PXP', 'JBSW Y3DP EHPK 3PXP'],
    ['JBSWY', 'JBSW Y'],
    ['', ''],
  ])('shows %j', (secret, shown) => expect(inGroups(secret)).toBe(shown))
})
