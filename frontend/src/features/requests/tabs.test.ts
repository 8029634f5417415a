import { expect, it } from 'vitest'
import { openTab, tabsFor } from './tabs.ts'

it('keeps the numbers 1 to 5 whatever else there is', () => {
  const five = ['timeline', 'files', 'responses', 'sla', 'people']
  expect(tabsFor({ audit: false, chat: false })).toEqual(five)
  expect(tabsFor({ audit: true, chat: true })).toEqual([...five, 'audit', 'chat'])
})

it('opens the first tab when the address names one that is not there', () => {
  const tabs = tabsFor({ audit: false, chat: false })
  expect(openTab('audit', tabs)).toBe('timeline')
  expect(openTab(undefined, tabs)).toBe('timeline')
  expect(openTab('people', tabs)).toBe('people')
})
