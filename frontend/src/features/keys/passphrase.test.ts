import { expect, it } from 'vitest'
import { passphraseFault } from './passphrase.ts'

it.each([
  ['too short', 'too short', 'short'],
  ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 'plain'],
  ['Sunita Pawar 2026', 'Sunita Pawar 2026', 'own'],
  ['nine blue kites', 'nine blue kitez', 'differs'],
  ['nine blue kites', 'nine blue kites', null],
  ['नौ नीली पतंगें उड़ीं', 'नौ नीली पतंगें उड़ीं', null],
])('%s', (passphrase, again, fault) => {
  expect(passphraseFault(passphrase, again, ['Sunita', 'Pawar', 'sho@example.test'])).toBe(fault)
})
