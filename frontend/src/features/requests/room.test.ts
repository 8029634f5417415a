import { expect, it } from 'vitest'
import { EMPTY_ROOM, entered, left } from './room.ts'

it('knows who entered and did not leave', () => {
  const room = entered(entered(EMPTY_ROOM, 'a'), 'b')
  expect([...left(room, 'a')]).toEqual(['b'])
})

it('stays the same object when nothing changed, so that nothing is drawn anew', () => {
  const room = entered(EMPTY_ROOM, 'a')
  expect(entered(room, 'a')).toBe(room)
  expect(left(room, 'b')).toBe(room)
})
