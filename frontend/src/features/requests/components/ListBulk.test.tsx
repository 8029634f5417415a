import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '~/api/index.ts'
import { draw } from '~/testing/render.tsx'
import type { BulkOffer } from '../list-bulk.ts'
import type { Listed } from '../list-queries.ts'
import ListBulk from './ListBulk.tsx'

const row = (id: number) =>
  ({ id: `r${id}`, request_number: `LERS-${id}`, version: 1, abilities: {} }) as unknown as Listed
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(at + 1))
const post = vi.spyOn(api, 'POST')

interface Sent {
  body: { action: string; ids: string[]; reason?: string }
  params: { header: Record<string, string> }
}
const sent = () => (post.mock.calls as unknown as [string, Sent][]).map(([, given]) => given)
const answered = (refused: readonly string[] = []) =>
  post.mockImplementation((async (_path: string, { body }: Sent) => ({
    data: {
      results: body.ids.map((id) => {
        const ok = !refused.includes(id)
        return { id, ok, error: ok ? null : { code: 'illegal_transition', detail: 'It was acknowledged already.' } }
      }),
    },
    response: new Response('{}', { status: 200 }),
  })) as never)

const open = (offer: BulkOffer, onDone = vi.fn()) => {
  draw(<ListBulk offer={offer} onClose={vi.fn()} onDone={onDone} />)
  return onDone
}

beforeEach(() => {
  Object.assign(document, { fonts: new EventTarget() })
  post.mockReset()
})

describe('ListBulk', () => {
  it('tells of each request what became of it, the refused ones first', async () => {
    answered(['r2'])
    const onDone = open({ step: 'acknowledge', rows: rows(3) })
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }))
    expect(await screen.findByText(/Done with 2 requests/)).toHaveTextContent('1 was refused')
    const lines = within(screen.getByRole('list')).getAllByRole('listitem')
    expect(lines.map((line) => line.textContent)).toEqual([
      'LERS-2 It was acknowledged already.',
      'LERS-1 Done',
      'LERS-3 Done',
    ])
    expect(onDone).toHaveBeenCalledOnce()
  })

  it('sends no more than the server takes at once, each part under a key of its own', async () => {
    answered()
    open({ step: 'acknowledge', rows: rows(120) })
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }))
    await screen.findByText(/Done with 120 requests/)
    expect(sent().map(({ body }) => body.ids.length)).toEqual([50, 50, 20])
    expect(new Set(sent().map(({ params }) => params.header['Idempotency-Key'])).size).toBe(3)
  })

  it('sends nothing before it has what the step needs', async () => {
    answered()
    open({ step: 'withdraw', rows: rows(2) })
    await userEvent.click(await screen.findByRole('button', { name: 'Withdraw' }))
    expect(screen.getByRole('alert')).toBeInTheDocument()
    expect(post).not.toHaveBeenCalled()
    await userEvent.type(screen.getByRole('textbox'), 'Found otherwise.')
    await userEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
    await screen.findByText(/Done with 2 requests/)
    expect(sent()[0]?.body).toEqual({ action: 'withdraw', ids: ['r1', 'r2'], reason: 'Found otherwise.' })
  })

  it('keeps the form when the whole was refused', async () => {
    post.mockResolvedValue({
      error: { title: 'Unavailable', code: 'unavailable', detail: 'Try again later.' },
      response: new Response('{}', { status: 503 }),
    } as never)
    const onDone = open({ step: 'acknowledge', rows: rows(1) })
    await userEvent.click(await screen.findByRole('button', { name: 'Acknowledge' }))
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Try again later.'))
    expect(screen.getByRole('button', { name: 'Acknowledge' })).toBeEnabled()
    expect(onDone).not.toHaveBeenCalled()
  })
})
