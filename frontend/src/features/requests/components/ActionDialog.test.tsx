import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '~/api/index.ts'
import { draw } from '~/testing/render.tsx'
import type { LersRequest } from '../queries.ts'
import type { DialogStep } from '../steps.ts'
import { ActionDialog } from './ActionDialog.tsx'

const request = {
  id: 'r1',
  request_number: 'LERS-2026-MUM-000001',
  status: 'ACKNOWLEDGED',
  version: 5,
  abilities: { decline: true, withdraw: true },
  provider_tenant: { id: 't2', name: 'Bharat Telecom' },
} as unknown as LersRequest

const ok = (data: unknown) => ({ data, response: new Response('{}', { status: 200 }) }) as never
const stale = () =>
  ({
    error: { title: 'Precondition Failed', code: 'stale_version', detail: 'It has changed.' },
    response: new Response('{}', { status: 412 }),
  }) as never

const post = vi.spyOn(api, 'POST')
const get = vi.spyOn(api, 'GET')

beforeEach(() => {
  // A growing text field waits for fonts, which jsdom does not have.
  Object.assign(document, { fonts: new EventTarget() })
  post.mockReset()
  get.mockReset()
})

/** Path, version and body of each step that was sent. */
const sent = () =>
  (post.mock.calls as unknown as [string, { headers: Record<string, string>; body: unknown }][]).map(
    ([path, given]) => {
      const { headers, body } = given
      return { path, match: headers['If-Match'], body }
    },
  )

function Host({ step, onDone }: { step: DialogStep; onDone: (request: LersRequest | null) => void }) {
  const [open, setOpen] = useState<DialogStep | null>(step)
  return <ActionDialog request={request} step={open} onClose={() => setOpen(null)} onDone={onDone} />
}

async function withdraw(onDone = vi.fn()) {
  draw(<Host step="withdraw" onDone={onDone} />)
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Why it is withdrawn'), 'Found otherwise')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Withdraw' }))
  return { dialog, onDone }
}

describe('a step', () => {
  it('goes out with the version that was seen, and closes the dialog', async () => {
    post.mockResolvedValue(ok({ ...request, status: 'CANCELLED', version: 6 }))
    const { onDone } = await withdraw()
    await waitFor(() => expect(onDone).toHaveBeenCalled())
    expect(sent()).toEqual([
      { path: '/api/v1/lers/requests/{request_id}/withdraw/', match: '"5"', body: { reason: 'Found otherwise' } },
    ])
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('is not sent while something is missing, and says what', async () => {
    draw(<Host step="decline" onDone={vi.fn()} />)
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Decline' }))
    expect(within(dialog).getByRole('link', { name: 'Choose a reason' })).toBeVisible()
    expect(within(dialog).getByRole('link', { name: 'Write a sentence' })).toBeVisible()
    expect(post).not.toHaveBeenCalled()
  })

  it('that came too late keeps the text, and goes out with the new version once it was loaded', async () => {
    post.mockResolvedValueOnce(stale()).mockResolvedValueOnce(ok({ ...request, status: 'CANCELLED', version: 8 }))
    get.mockResolvedValue(ok({ ...request, version: 7 }))
    const { dialog, onDone } = await withdraw()
    await within(dialog).findByText('This request has changed since you looked.')
    expect(within(dialog).getByRole('button', { name: 'Withdraw' })).toBeDisabled()
    await userEvent.click(within(dialog).getByRole('button', { name: 'Load it again' }))
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Withdraw' })).toBeEnabled())
    expect(within(dialog).getByLabelText('Why it is withdrawn')).toHaveValue('Found otherwise')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Withdraw' }))
    await waitFor(() => expect(onDone).toHaveBeenCalled())
    expect(sent().at(-1)).toMatchObject({ match: '"7"', body: { reason: 'Found otherwise' } })
  })

  it('that is no longer possible says so, and still keeps the text', async () => {
    post.mockResolvedValue(stale())
    get.mockResolvedValue(ok({ ...request, status: 'COMPLETED', version: 7, abilities: { withdraw: false } }))
    const { dialog } = await withdraw()
    await userEvent.click(await within(dialog).findByRole('button', { name: 'Load it again' }))
    await within(dialog).findByText(/this step is no longer possible/)
    expect(within(dialog).getByRole('button', { name: 'Withdraw' })).toBeDisabled()
    expect(within(dialog).getByLabelText('Why it is withdrawn')).toHaveValue('Found otherwise')
  })
})
