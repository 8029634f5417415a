import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Schema } from '~/api/index.ts'

// The client takes the class when it is loaded, and outside of a browser there is nothing to resolve its paths against.
vi.hoisted(() => {
  const Absolute = globalThis.Request
  globalThis.Request = class extends Absolute {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init)
    }
  }
})

const { signIn, signOut } = await import('~/auth/index.ts')
const { browserKeys, canonicalise, digest, makeSigningKey, verifySignature } = await import('~/crypto/index.ts')
const { memoryKeys } = await import('~/crypto/keystore.ts')
const { draw } = await import('~/testing/render.tsx')
const { SignPanel } = await import('./SignPanel.tsx')

type LersRequest = Schema<'RequestOut'>
type Sent = { path: string; ifMatch: string | null; body: Record<string, unknown> }

const me = { id: 'u1', name: 'Sunita Pawar', email: 'sho@example.test', rank: 'SHO', role: 'APPROVER' }
const request = {
  id: 'q1',
  request_number: 'LERS-2026-MUM-000051',
  request_type: 'CDR',
  status: 'PENDING_APPROVAL',
  version: 2,
  provider_tenant: { id: 't2', name: 'Bharat Telecom' },
  approval_route: [{ level: 1, min_rank: 'SHO', given: false }],
  abilities: { approve: true, reject: true, request_changes: true },
} as unknown as LersRequest

const members = {
  type: 'lers.approval.v1',
  request_id: 'q1',
  request_number: 'LERS-2026-MUM-000051',
  version: '2',
  content_hash: 'c0ffee',
  decision: 'APPROVE',
  level: '1',
  signer: {
    id: 'u1',
    name: 'Sunita Pawar',
    rank: 'SHO',
    badge_number: null,
    unit: null,
    tenant: { id: 't1', name: 'Mumbai' },
  },
  on_behalf_of: null,
  comments_sha256: null,
  statement_id: 's1',
  time: '2026-11-24T08:00:00Z',
}

/** The parts of the API that the panel uses; `refuse` answers the next decision with a problem. */
class Server {
  statement = members as Record<string, unknown>
  signatureLevel = 0
  refuse: { status: number; body: object } | null = null
  readonly keys: Schema<'KeyOut'>[] = []
  readonly sent: Sent[] = []

  readonly fetch = async (incoming: Request): Promise<Response> => {
    const { pathname: path } = new URL(incoming.url)
    if (path.endsWith('/auth/login/')) return this.login()
    if (path.endsWith('/auth/logout/')) return new Response(null, { status: 204 })
    if (path.endsWith('/auth/keys/'))
      return incoming.method === 'GET' ? json({ items: this.keys }) : this.addKey(incoming)
    if (path.endsWith('/signing-statement/')) return this.issue()
    const body = (await incoming.json()) as Record<string, unknown>
    this.sent.push({ path, ifMatch: incoming.headers.get('If-Match'), body })
    if (this.refuse) return json(this.refuse.body, this.refuse.status)
    return json({ ...request, version: 3, status: 'SUBMITTED' })
  }

  private login(): Response {
    const tenant = { id: 't1', name: 'Mumbai', policy: { signature_level: this.signatureLevel } }
    return json({ access_token: 'token', user: { ...me, tenant } })
  }

  private async addKey(incoming: Request): Promise<Response> {
    const { public_key, algorithm, label } = (await incoming.json()) as Record<string, string>
    const spki = Buffer.from(public_key ?? '', 'base64')
    const fingerprint = await digest(new Uint8Array(spki))
    const key = { id: 'k1', use: 'SIGNING', public_key, algorithm, label, fingerprint, created_at: members.time }
    this.keys.push(key as never)
    return json(key, 201)
  }

  private async issue(): Promise<Response> {
    const statement = canonicalise(this.statement as never)
    const expires_at = new Date(Date.now() + 600_000).toISOString()
    return json({ statement_id: 's1', statement, sha256: await digest(statement), expires_at })
  }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

let server: Server
const onDecided = vi.fn()

beforeEach(() => {
  server = new Server()
  Object.assign(browserKeys, memoryKeys())
  onDecided.mockReset()
  vi.stubGlobal('fetch', server.fetch)
})
afterEach(async () => {
  // What is drawn asks who is signed in.
  cleanup()
  await signOut()
  vi.unstubAllGlobals()
})

async function show(given: LersRequest = request) {
  await signIn({ email: me.email, password: 'x' })
  draw(<SignPanel request={given} onDecided={onDecided} />)
}

const approveButton = (name = /^Approve/) => screen.findByRole('button', { name })

describe('an approver with a signing key', () => {
  it('sees what is signed, and signs exactly that with `a` and Enter', async () => {
    await makeSigningKey({ owner: me, label: 'PC' })
    await show()
    const button = await approveButton(/^Approve and sign/)
    const statement = canonicalise(members)
    expect(screen.getByText(/I, Sunita Pawar, SHO, approve the request/)).toBeInTheDocument()
    expect(screen.getByText(await digest(statement))).toBeInTheDocument()
    await userEvent.keyboard('a')
    expect(button).toHaveFocus()
    expect(server.sent).toEqual([])
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(onDecided).toHaveBeenCalledWith(expect.objectContaining({ status: 'SUBMITTED' })))
    const [sent] = server.sent as [Sent]
    expect(sent).toMatchObject({ path: '/api/v1/lers/requests/q1/approve/', ifMatch: '"2"' })
    const signature = sent.body.signature as { key_id: string; algorithm: string; value: string }
    expect(signature).toMatchObject({ key_id: 'k1', statement_id: 's1' })
    const known = server.keys[0]?.public_key ?? ''
    expect(await verifySignature(signature.algorithm, known, signature.value, statement)).toBe(true)
  })

  it('is told that nothing changed when the signature is refused', async () => {
    await makeSigningKey({ owner: me, label: 'PC' })
    server.refuse = {
      status: 422,
      body: { code: 'signature_invalid', detail: 'The signature does not fit.', title: 'x' },
    }
    await show()
    await userEvent.click(await approveButton(/^Approve and sign/))
    const alert = await screen.findByRole('alert')
    expect(alert).toHaveTextContent('The signature was refused. Nothing has changed.')
    expect(alert).toHaveTextContent('The signature does not fit.')
    expect(onDecided).not.toHaveBeenCalled()
  })

  it.each([
    [{ version: '3' }, 'another version'],
    [{ request_id: 'q2' }, 'another request'],
    [{ decision: 'REJECT' }, 'something else than that you approve'],
  ])('cannot sign a statement with %o', async (change, words) => {
    await makeSigningKey({ owner: me, label: 'PC' })
    server.statement = { ...members, ...change }
    await show()
    expect(await screen.findByRole('alert')).toHaveTextContent(words)
    expect(await approveButton()).toBeDisabled()
  })
})

describe('an approver without a signing key', () => {
  it('approves under the seal alone where the unit allows it, and is told so', async () => {
    await show()
    const button = await approveButton(/^Approve/)
    expect(screen.getByText(/only the server's seal stands under your approval/)).toBeInTheDocument()
    await userEvent.type(screen.getByLabelText('Comments (optional)'), ' In order. ')
    await userEvent.click(button)
    await waitFor(() => expect(onDecided).toHaveBeenCalled())
    expect(server.sent[0]?.body).toEqual({ comments: 'In order.', signature: null })
  })

  it('has to create one where the unit wants a signature, and can do it on the spot', async () => {
    server.signatureLevel = 1
    await show()
    expect(await approveButton()).toBeDisabled()
    await userEvent.click(screen.getByRole('button', { name: 'Create a signing key' }))
    await userEvent.click(screen.getByRole('radio', { name: 'No backup' }))
    await userEvent.click(screen.getByRole('button', { name: 'Create the key' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Done' }))
    expect(await approveButton(/^Approve and sign/)).toBeEnabled()
  })
})

describe('an approver who does not approve', () => {
  it('has to give a reason, and may take a usual one', async () => {
    await show()
    await approveButton()
    await userEvent.keyboard('q')
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Send back' }))
    expect(await within(dialog).findByRole('link', { name: 'Write a reason.' })).toBeInTheDocument()
    expect(server.sent).toEqual([])
    await userEvent.click(within(dialog).getByRole('button', { name: 'Court order missing' }))
    await userEvent.click(within(dialog).getByRole('button', { name: 'Send back' }))
    await waitFor(() => expect(onDecided).toHaveBeenCalled())
    expect(server.sent).toEqual([
      {
        path: '/api/v1/lers/requests/q1/request-changes/',
        ifMatch: '"2"',
        body: { comments: 'Add the number and date of the court order.' },
      },
    ])
  })

  it('may stop a request whose level is another’s, but not give it', async () => {
    await show({ ...request, abilities: { ...request.abilities, approve: false } })
    expect(await screen.findByText(/You cannot give level 1/)).toBeInTheDocument()
    expect(screen.queryByRole('button', { name: /^Approve/ })).toBeNull()
    expect(screen.getByRole('button', { name: /^Reject/ })).toBeEnabled()
  })
})
