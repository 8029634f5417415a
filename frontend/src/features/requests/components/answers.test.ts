import { expect, it } from 'vitest'
import { answerRows } from './answers.ts'

const FIELDS = [
  { name: 'atm', label: { en: 'Number of the ATM', hi: 'एटीएम संख्या' } },
  { name: 'kind', label: { en: 'Kind' }, choices: ['LIEN', { value: 'FREEZE', label: { en: 'Debit freeze' } }] },
  { name: 'amount', label: 'Amount' },
]

it('keeps the order and the words of the item', () => {
  const rows = answerRows({ kind: 'FREEZE', atm: 'MUM0042' }, FIELDS, 'en')
  expect(rows).toEqual([
    { name: 'atm', label: 'Number of the ATM', value: 'MUM0042' },
    { name: 'kind', label: 'Kind', value: 'Debit freeze' },
  ])
})

it('speaks the language of the reader, and English where the item has no other', () => {
  const rows = answerRows({ atm: 'x', kind: 'LIEN' }, FIELDS, 'hi')
  expect(rows.map(({ label }) => label)).toEqual(['एटीएम संख्या', 'Kind'])
  expect(rows[1]?.value).toBe('LIEN')
})

it('leaves numbers to be written as the country writes them, and says nothing for nothing', () => {
  expect(answerRows({ amount: 125000, atm: '' }, FIELDS, 'en').map(({ value }) => value)).toEqual([null, 125000])
})

it('keeps answers to questions that the item no longer asks', () => {
  expect(answerRows({ old_question: ['a', 'b'], span: { from: '1', to: '2' } }, FIELDS, 'en')).toEqual([
    { name: 'old_question', label: 'old question', value: 'a, b' },
    { name: 'span', label: 'span', value: '1 – 2' },
  ])
})
