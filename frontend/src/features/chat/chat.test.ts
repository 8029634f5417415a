import { describe, expect, it } from 'vitest'
import type { Message, Outgoing, PresentPerson } from '~/realtime/index.ts'
import { actionOf, lastToEdit, readiness } from './composing.ts'
import { forgetDrafts, keepDraft, NOTHING, readDraft } from './drafts.ts'
import {
  type Chat,
  firstUnread,
  type MessagePage,
  merge,
  newestFromOther,
  readBefore,
  readOn,
  withReceipt,
} from './messages.ts'
import { standIn } from './presence.ts'
import { dayOf, rowsOf } from './rows.ts'

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  request_id: 'r1',
  sender: { id: 'io', name: 'Asha Kulkarni', rank: 'PSI' },
  sender_type: 'IO',
  message_type: 'TEXT',
  message_text: id,
  attachments: [],
  is_encrypted: false,
  read_by_receiver: false,
  created_at: '2026-11-24T08:00:00Z',
  ...more,
})
const fromDesk = (id: string, more: Partial<Message> = {}) =>
  message(id, { sender: { id: 'desk', name: 'Anil Mehta', rank: null }, sender_type: 'PROVIDER', ...more })
const ids = (items: readonly Message[]) => items.map(({ id }) => id)
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => message(`m${String(from + at).padStart(3, '0')}`))

/** A server with this many messages, in pages of ten. */
function server(count: number) {
  const all = numbered(1, count)
  const asked: unknown[] = []
  const page = (items: Message[], more: boolean, end: 'first' | 'last'): MessagePage => ({
    items,
    next_cursor: more ? ((end === 'first' ? items[0] : items.at(-1))?.id ?? null) : null,
    total: all.length,
    read_up_to: 'm003',
  })
  return {
    asked,
    read: async (cursor: { after: string } | { before: string } | null) => {
      asked.push(cursor)
      if (cursor && 'after' in cursor) {
        const rest = all.filter(({ id }) => id > cursor.after)
        return page(rest.slice(0, 10), rest.length > 10, 'last')
      }
      const rest = cursor ? all.filter(({ id }) => id < cursor.before) : all
      return page(rest.slice(-10), rest.length > 10, 'first')
    },
  }
}
const chatOf = (items: readonly Message[], older: string | null = null): Chat => ({ items, older, readUpTo: null })

describe('the list of messages', () => {
  it('begins with the newest page, and knows how far the reader had come', async () => {
    const chat = await readOn(undefined, server(25).read)
    expect(ids(chat.items)).toEqual(ids(numbered(16, 25)))
    expect(chat).toMatchObject({ older: 'm016', readUpTo: 'm003' })
  })

  it('is read on without asking for more when nothing is missing between', async () => {
    const { read, asked } = server(25)
    const chat = await readOn(chatOf(numbered(11, 20), 'm011'), read)
    expect(ids(chat.items)).toEqual(ids(numbered(11, 25)))
    expect(chat).toMatchObject({ older: 'm011', readUpTo: 'm003' })
    expect(asked).toEqual([null])
  })

  it('has no hole after a long absence', async () => {
    const { read, asked } = server(57)
    const chat = await readOn(chatOf(numbered(11, 20), 'm011'), read)
    expect(ids(chat.items)).toEqual(ids(numbered(11, 57)))
    expect(asked).toEqual([null, { after: 'm020' }, { after: 'm030' }, { after: 'm040' }, { after: 'm050' }])
  })

  it('goes back page by page to the beginning', async () => {
    const { read } = server(25)
    let chat = await readOn(undefined, read)
    chat = await readBefore(chat, read)
    expect(chat.older).toBe('m006')
    chat = await readBefore(chat, read)
    expect(ids(chat.items)).toEqual(ids(numbered(1, 25)))
    expect(chat.older).toBeNull()
    expect(await readBefore(chat, read)).toBe(chat)
  })

  it('holds each message once, in the order of their ids', () => {
    expect(ids(merge([message('b'), message('d')], [message('c'), message('b'), message('a')]))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ])
  })

  it('does not lose a receipt to an answer that is older than it', () => {
    const read = message('a', { read_by_receiver: true, read_at: '2026-11-24T09:00:00Z' })
    expect(merge([read], [message('a')])[0]).toMatchObject({ read_by_receiver: true, read_at: read.read_at })
    expect(merge([message('a')], [read])[0]).toEqual(read)
  })
})

describe('reading', () => {
  const items = [message('a'), fromDesk('b'), message('c'), fromDesk('d')]

  it('marks what this side wrote up to a message, and nothing else', () => {
    const at = '2026-11-24T09:00:00Z'
    expect(withReceipt(items, 'IO', 'b', at).map(({ read_by_receiver }) => read_by_receiver)).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(withReceipt(items, 'IO', 'z', at).map(({ read_at }) => read_at)).toEqual([at, undefined, at, undefined])
    const read = withReceipt(items, 'IO', 'z', at)
    expect(withReceipt(read, 'IO', 'z', 'later')).toBe(read)
  })

  it('draws the line before the first of the other side after what was read', () => {
    expect(firstUnread(items, 'IO', null)).toBe('b')
    expect(firstUnread(items, 'IO', 'b')).toBe('d')
    expect(firstUnread(items, 'IO', 'd')).toBeNull()
    expect(firstUnread(items, 'PROVIDER', 'a')).toBe('c')
    expect(newestFromOther(items, 'IO')).toBe('d')
    expect(newestFromOther([message('a'), message('s', { sender_type: 'SYSTEM' })], 'IO')).toBeNull()
  })
})

describe('rows', () => {
  const line = { unread: null, me: 'io' }
  const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
    key: 'k1',
    request_id: 'r1',
    text: 'on its way',
    files: [],
    queued_at: Date.parse('2026-11-24T08:02:00Z'),
    after: null,
    state: 'waiting',
    ...more,
  })

  it('part the days where the readers are, not in UTC', () => {
    expect(dayOf('2026-11-24T18:29:59Z')).toBe('2026-11-24')
    expect(dayOf('2026-11-24T18:30:00Z')).toBe('2026-11-25')
    const rows = rowsOf(
      [message('a', { created_at: '2026-11-24T18:29:00Z' }), message('b', { created_at: '2026-11-24T18:31:00Z' })],
      [],
      line,
    )
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message'])
  })

  it('name the sender once for what is written within minutes', () => {
    const heads = rowsOf(
      [
        message('a'),
        message('b', { created_at: '2026-11-24T08:04:00Z' }),
        message('c', { created_at: '2026-11-24T08:10:00Z' }),
        fromDesk('d', { created_at: '2026-11-24T08:10:30Z' }),
        fromDesk('e', { created_at: '2026-11-24T08:10:40Z', message_type: 'CLARIFICATION' }),
      ],
      [],
      line,
    ).flatMap((row) => (row.kind === 'message' ? row.head : []))
    expect(heads).toEqual([true, false, true, true, true])
  })

  it('set the unread line apart, and begin anew under it', () => {
    const rows = rowsOf([fromDesk('a'), fromDesk('b')], [], { unread: 'b', me: 'io' })
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'unread', 'message'])
    expect(rows.at(-1)).toMatchObject({ head: true })
  })

  it('end with what is on its way, under what the same person wrote before', () => {
    const rows = rowsOf([message('a')], [outgoing()], line)
    expect(rows.at(-1)).toMatchObject({ kind: 'outgoing', key: 'k1', head: false })
    expect(rowsOf([fromDesk('a')], [outgoing()], line).at(-1)).toMatchObject({ head: true })
  })
})

describe('the field', () => {
  const press = (key: string, more: object = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...more,
  })
  const lines = { enterSends: false, empty: false }
  const quick = { enterSends: true, empty: false }

  it('sends with Ctrl+Enter, and with Enter for those who want it', () => {
    expect(actionOf(press('Enter', { ctrlKey: true }), lines)).toBe('send')
    expect(actionOf(press('Enter', { metaKey: true }), lines)).toBe('send')
    expect(actionOf(press('Enter'), lines)).toBeNull()
    expect(actionOf(press('Enter'), quick)).toBe('send')
    expect(actionOf(press('Enter', { shiftKey: true }), quick)).toBeNull()
  })

  it('leaves Enter to whoever is composing a word', () => {
    expect(actionOf(press('Enter', { nativeEvent: { isComposing: true } }), quick)).toBeNull()
  })

  it('takes back the last message with Up, only from an empty field', () => {
    expect(actionOf(press('ArrowUp'), { ...lines, empty: true })).toBe('edit')
    expect(actionOf(press('ArrowUp'), lines)).toBeNull()
    const item = (key: string, state: Outgoing['state']) => ({ key, state }) as Outgoing
    expect(lastToEdit([item('a', 'failed'), item('b', 'waiting'), item('c', 'sending')])?.key).toBe('b')
    expect(lastToEdit([item('c', 'sending')])).toBeUndefined()
  })

  it('sends when there is something, and every file is clean', () => {
    const files = [{ id: 'f1', filename: 'a.pdf', size: 1 }]
    expect(readiness({ text: ' \n', files: [] }, [])).toBe('empty')
    expect(readiness({ text: 'a', files: [] }, [])).toBe('ready')
    expect(readiness({ text: '', files }, ['CLEAN'])).toBe('ready')
    expect(readiness({ text: '', files }, [undefined])).toBe('scanning')
    expect(readiness({ text: 'a', files }, ['PENDING'])).toBe('scanning')
    expect(readiness({ text: 'a', files }, ['INFECTED'])).toBe('unusable')
    expect(readiness({ text: 'a', files }, ['UNSCANNED'])).toBe('ready')
    expect(readiness({ text: 'a', files: [] }, [], 1)).toBe('uploading')
  })
})

describe('drafts', () => {
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    }
  }

  it('are kept for each request and person, and gone with the sign-out', () => {
    const store = storage()
    keepDraft(store, 'io', 'r1', { text: 'one', files: [] })
    keepDraft(store, 'io', 'r2', { text: 'two', files: [] })
    expect(readDraft(store, 'io', 'r1').text).toBe('one')
    expect(readDraft(store, 'other', 'r1')).toBe(NOTHING)
    forgetDrafts(store, 'io')
    expect(readDraft(store, 'io', 'r2')).toBe(NOTHING)
  })

  it('leave nothing behind when they are sent', () => {
    const store = storage()
    keepDraft(store, 'io', 'r1', { text: 'one', files: [] })
    keepDraft(store, 'io', 'r1', NOTHING)
    expect(store.kept.size).toBe(0)
  })

  it('survive what somebody else wrote there', () => {
    const store = storage()
    store.setItem('lers-drafts:io', 'not json')
    expect(readDraft(store, 'io', 'r1')).toBe(NOTHING)
  })
})

describe('who stands for the other side', () => {
  const person = (name: string, tenant: string, status: PresentPerson['status'], last_seen: string | null = null) =>
    ({ user_id: name, user: { name }, tenant: { id: tenant, name: tenant }, status, last_seen }) as PresentPerson

  it('is the most present of them', () => {
    const people = [
      person('own', 'agency', 'ONLINE'),
      person('away', 'desk', 'AWAY'),
      person('here', 'desk', 'ONLINE'),
      person('here too', 'desk', 'ONLINE'),
    ]
    expect(standIn(people, 'agency')).toMatchObject({ person: { user_id: 'here' }, others: 1 })
  })

  it('is told to be away with the time when the last of them was seen', () => {
    const people = [person('a', 'desk', 'OFFLINE', '2026-11-20T08:00:00Z'), person('b', 'desk', 'OFFLINE')]
    expect(standIn(people, 'agency')).toMatchObject({ others: 0, lastSeen: '2026-11-20T08:00:00Z' })
    expect(standIn([person('own', 'agency', 'ONLINE')], 'agency')).toBeNull()
  })
})
