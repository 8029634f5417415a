import { expect, it } from 'vitest'
import { oneOf, searchOf, someOf, text } from './search.ts'

const read = searchOf({ q: text, sort: oneOf(['a', 'b']), status: someOf(['X', 'Y']) })

it('keeps what it understands', () => {
  expect(read({ q: 'word', sort: 'b', status: ['Y', 'X'] })).toEqual({ q: 'word', sort: 'b', status: ['Y', 'X'] })
})
it('takes a single value for a list, and a number for a text', () => {
  expect(read({ q: 47, status: 'X' })).toEqual({ q: '47', status: ['X'] })
})
it('leaves out what it does not know', () => {
  expect(read({ q: '', sort: 'c', status: ['Z'], other: 1, view: {} })).toEqual({})
})
