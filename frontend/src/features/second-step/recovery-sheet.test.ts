import { expect, it } from 'vitest'
import { recoverySheet } from './recovery-sheet.ts'

it('says whose codes these are, from when, and lists them one a line', () => {
  const words = { title: 'LERS recovery codes', account: 'io@example.test', made: 'Made today', advice: 'Keep it.' }
  const codes = Array.from({ length: 10 }, (_, row) => `code-${row}`)
  const lines = recoverySheet(codes, words).split('\n')
  expect(lines.slice(0, 6)).toEqual(['LERS recovery codes', '', 'io@example.test', 'Made today', '', ' 1. code-0'])
  expect(lines.slice(-4)).toEqual(['10. code-9', '', 'Keep it.', ''])
})
