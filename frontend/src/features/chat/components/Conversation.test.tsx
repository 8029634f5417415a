import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Message, Outgoing } from '~/realtime/index.ts'
import { draw } from '~/testing/render.tsx'
import type { Chat } from '../messages.ts'
import { Composer } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'

const live = vi.hoisted(() => ({ add: vi.fn(), again: vi.fn(), take: vi.fn() }))
vi.mock('~/realtime/index.ts', async () => ({
  ...(await vi.importActual<object>('~/realtime/outbox-queue.ts')),
  outbox: live,
  onSignOut: () => () => undefined,
  useRealtime: () => ({ link: { state: 'online', since: 0 }, retry: () => undefined }),
}))
vi.mock('~/features/files/index.ts', () => ({
  FileRow: ({ id }: { id: string }) => <p>file {id}</p>,
  UploadRow: () => null,
  acceptOf: () => '.pdf',
  fileQuery: (id: string) => ({ queryKey: ['files', id], queryFn: async () => ({ scan_status: 'CLEAN' }) }),
  useUploads: () => ({ uploads: [], add: () => undefined, retry: () => undefined, remove: () => undefined }),
}))

// A field that grows with its text asks when the fonts are there, which jsdom does not know.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() })

const message = (id: string, more: Partial<Message> = {}): Message => ({
  id,
  request_id: 'r1',
  sender: { id: 'me', name: 'Asha Kulkarni', rank: 'PSI' },
  sender_type: 'IO',
  message_type: 'TEXT',
  message_text: `text of ${id}`,
  attachments: [],
  is_encrypted: false,
  read_by_receiver: false,
  created_at: '2026-11-24T08:00:00Z',
  ...more,
})
const fromDesk = (id: string, more: Partial<Message> = {}) =>
  message(id, { sender: { id: 'desk', name: 'Anil Mehta', rank: null }, sender_type: 'PROVIDER', ...more })
const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
  key: 'k1',
  request_id: 'r1',
  text: 'not there yet',
  files: [],
  queued_at: Date.parse('2026-11-24T08:01:00Z'),
  after: null,
  state: 'waiting',
  ...more,
})
const chat = (items: Message[], more: Partial<Chat> = {}): Chat => ({ items, older: null, readUpTo: null, ...more })
const talk = (found: Chat, waiting: Outgoing[] = []) =>
  draw(
    <Conversation
      requestId="r1"
      chat={found}
      settled
      outgoing={waiting}
      me="me"
      side="IO"
      room="joined"
      older="idle"
      onOlder={async () => undefined}
      sentCount={0}
      empty={<p>nothing yet</p>}
    />,
  )
const typing = { typists: [], typed: vi.fn(), stopped: vi.fn() }
const field = () => screen.getByRole('textbox', { name: 'Message' })
const write = (waiting: Outgoing[] = []) => {
  const onSent = vi.fn()
  draw(
    <Composer requestId="r1" chat={chat([message('m1')])} outgoing={waiting} me="me" typing={typing} onSent={onSent} />,
  )
  return onSent
}

beforeEach(() => {
  vi.clearAllMocks()
  localStorage.clear()
})

describe('a conversation', () => {
  it('draws the line before what is new to the reader', () => {
    talk(chat([fromDesk('a'), message('b'), fromDesk('c')], { readUpTo: 'a' }))
    const rows = screen.getAllByRole('listitem').map((row) => row.textContent)
    const line = rows.indexOf('New')
    expect(rows[line - 1]).toContain('text of b')
    expect(rows[line + 1]).toContain('text of c')
  })

  it('tells of one’s own messages whether they were read, and of the others’ nothing', () => {
    talk(chat([message('a', { read_by_receiver: true }), message('b'), fromDesk('c')]))
    const row = (text: string) => within(screen.getByText(text).closest('li') as HTMLElement)
    expect(row('text of a').getByText('Read')).toBeVisible()
    expect(row('text of b').getByText('Sent')).toBeVisible()
    expect(row('text of c').queryByText(/Read|Sent/)).toBeNull()
  })

  it('says what cannot be read, and what pauses the clock', () => {
    talk(
      chat([
        fromDesk('a', { message_text: null, is_encrypted: true }),
        fromDesk('b', { message_type: 'CLARIFICATION' }),
        message('c', { sender: null, sender_type: 'SYSTEM', message_type: 'SYSTEM' }),
      ]),
    )
    expect(screen.getByText('This message is encrypted and cannot be read here.')).toBeVisible()
    expect(screen.getByText('Question to the officer: the clock may wait')).toBeVisible()
    expect(screen.getByText(/text of c/)).toBeVisible()
  })

  it('keeps a refused message with its reason, to be tried again or discarded', async () => {
    const problem = { code: 'request_closed', detail: 'The request has ended.', request_id: 'req-1' }
    talk(chat([]), [outgoing({ state: 'failed', problem })])
    expect(screen.getByRole('alert')).toHaveTextContent('Not sent. The request has ended. Request id req-1')
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }))
    expect(live.again).toHaveBeenCalledExactlyOnceWith('k1')
    expect(live.take).toHaveBeenCalledExactlyOnceWith('k1')
  })

  it('shows no message twice, and says so when there is none', () => {
    talk(chat([message('m1', { message_text: 'not there yet' })]), [outgoing({ state: 'sending' })])
    expect(screen.getAllByText('not there yet')).toHaveLength(1)
    talk(chat([]))
    expect(screen.getByText('nothing yet')).toBeVisible()
  })
})

describe('the field', () => {
  it('sends with Ctrl+Enter after the newest message, and keeps the draft until then', async () => {
    const onSent = write()
    await userEvent.type(field(), 'Both days, yes.')
    expect(JSON.parse(localStorage.getItem('lers-drafts:me') ?? '{}').r1.text).toBe('Both days, yes.')
    expect(typing.typed).toHaveBeenCalled()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    expect(live.add).toHaveBeenCalledExactlyOnceWith({
      request_id: 'r1',
      text: 'Both days, yes.',
      files: [],
      after: 'm1',
    })
    expect(onSent).toHaveBeenCalledOnce()
    expect(field()).toHaveValue('')
    expect(localStorage.getItem('lers-drafts:me')).toBeNull()
  })

  it('breaks lines with Enter until the reader wants it to send', async () => {
    write()
    await userEvent.type(field(), 'one{Enter}two')
    expect(field()).toHaveValue('one\ntwo')
    expect(live.add).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('checkbox', { name: /Enter sends/ }))
    await userEvent.type(field(), '{Enter}')
    expect(live.add).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ text: 'one\ntwo' }))
  })

  it('takes back with Up what did not get there', async () => {
    const failed = outgoing({ state: 'failed' })
    live.take.mockReturnValue(failed)
    write([failed])
    await userEvent.type(field(), '{ArrowUp}')
    expect(live.take).toHaveBeenCalledExactlyOnceWith('k1')
    expect(field()).toHaveValue('not there yet')
  })

  it('sends nothing that is empty', async () => {
    write()
    await userEvent.type(field(), '  {Control>}{Enter}{/Control}')
    expect(live.add).not.toHaveBeenCalled()
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled()
  })
})
