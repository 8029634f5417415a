import { describe, expect, it } from 'vitest'
import { targetOf } from './notification-target.ts'

const officer = 'IO'
const approver = 'APPROVER'
const desk = 'PROVIDER'
const admin = 'SUPER_ADMIN'
const about = (type: string, request_id: string | null = 'r1') => ({ type, request_id })

describe('where a notification leads', () => {
  it.each([
    ['a message to the chat', about('NEW_MESSAGE'), desk, { path: '/requests/r1', tab: 'chat' }],
    ['a response to the responses', about('RESPONSE_RECEIVED'), officer, { path: '/requests/r1', tab: 'responses' }],
    ['a due date to the clock', about('SLA_BREACHED'), officer, { path: '/requests/r1', tab: 'sla' }],
    ['an approval to who may give it', about('APPROVAL_REQUESTED'), approver, { path: '/approvals/r1' }],
    ['an approval to the request for others', about('APPROVAL_REQUESTED'), officer, { path: '/requests/r1' }],
    ['a step to the request', about('ACKNOWLEDGED'), officer, { path: '/requests/r1' }],
    ['a type of a later version to the request', about('SOMETHING_NEW'), desk, { path: '/requests/r1' }],
    ['an ended session to the sessions', about('SECURITY', null), desk, { path: '/settings/sessions' }],
    ['an opened case to the case', about('SECURITY'), officer, { path: '/requests/r1' }],
    [
      'a question of another administrator to where it is answered',
      about('SECURITY'),
      admin,
      { path: '/admin/break-glass' },
    ],
    ['a file of no request nowhere', about('FILE_INFECTED', null), desk, null],
  ])('%s', (_, told, role, target) => {
    expect(targetOf(told, role)).toEqual(target)
  })
})
