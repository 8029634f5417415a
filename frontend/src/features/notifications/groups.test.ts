import { describe, expect, it } from 'vitest'
import type { Notification } from '~/realtime/index.ts'
import { groupsOf, marked, shownOf } from './groups.ts'
import { FAMILIES, isFamily, TITLES } from './kinds.ts'

const told = (id: string, request: string | null, more: Partial<Notification> = {}): Notification => ({
  id,
  type: 'ACKNOWLEDGED',
  title: '',
  message: '',
  icon: null,
  link: null,
  priority: 'NORMAL',
  read: false,
  read_at: null,
  delivered: true,
  email_sent: false,
  request_id: request,
  request_number: request && `LERS-${request}`,
  created_at: '2026-11-24T08:00:00Z',
  ...more,
})

describe('groups', () => {
  it('stand where their newest item stands, and count what is unread', () => {
    const groups = groupsOf([told('4', 'b'), told('3', 'a'), told('2', 'b', { read: true }), told('1', 'a')])
    expect(groups.map(({ number, items, unread }) => [number, items.map(({ id }) => id), unread])).toEqual([
      ['LERS-b', ['4', '2'], 1],
      ['LERS-a', ['3', '1'], 2],
    ])
  })

  it('keep apart what belongs to no request', () => {
    expect(groupsOf([told('2', null), told('1', null)]).map(({ key, requestId }) => [key, requestId])).toEqual([
      ['2', null],
      ['1', null],
    ])
  })

  it('hide what was read long ago, never what was not', () => {
    const items = [1, 2, 3, 4, 5, 6].map((at) => told(String(at), 'a', { read: at !== 5 }))
    expect(shownOf(items, false).map(({ id }) => id)).toEqual(['1', '2', '3', '5'])
    expect(shownOf(items, true)).toBe(items)
    const four = items.slice(0, 4)
    expect(shownOf(four, false)).toBe(four)
  })
})

describe('marking', () => {
  const items = [told('1', 'a'), told('2', 'b'), told('3', 'a', { read: true, read_at: 'before' })]
  const unread = (found: readonly Notification[]) => found.filter(({ read }) => !read).map(({ id }) => id)

  it('reads some, those of one request, or all', () => {
    expect(unread(marked(items, { ids: ['1'] }, 'now'))).toEqual(['2'])
    expect(unread(marked(items, { request_id: 'b' }, 'now'))).toEqual(['1'])
    expect(unread(marked(items, { all: true }, 'now'))).toEqual([])
  })

  it('does not touch what was read before', () => {
    expect(marked(items, { all: true }, 'now')[2]?.read_at).toBe('before')
    expect(marked(items, { ids: ['3'] }, 'now')).toBe(items)
  })
})

describe('families', () => {
  it('hold every type once', () => {
    const all = Object.values(FAMILIES).flatMap(({ types }) => [...types] as string[])
    expect(all.toSorted()).toEqual(Object.keys(TITLES).toSorted())
  })

  it('are told from anything else that stands in an address', () => {
    expect([isFamily('talk'), isFamily('toString'), isFamily(1), isFamily(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ])
  })
})
