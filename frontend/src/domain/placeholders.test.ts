import { expect, it } from 'vitest'
import { fillPlaceholders, placeholderLabel, placeholdersIn } from './placeholders.ts'

const TEXT = 'In {{case_reference}} of {{ unit }}, see {{case_reference}} and {{}} and {single}.'

it('finds each blank once', () =>
  expect(placeholdersIn(TEXT, null, '{{प्रकरण}}')).toEqual(['case_reference', 'unit', 'प्रकरण']))

it('fills in what is known and leaves the rest to be seen', () => {
  expect(fillPlaceholders(TEXT, { case_reference: 'FIR 7', unit: ' ' })).toBe(
    'In FIR 7 of {{ unit }}, see FIR 7 and {{}} and {single}.',
  )
})

it('reads as words', () => expect(placeholderLabel('case_reference')).toBe('case reference'))
