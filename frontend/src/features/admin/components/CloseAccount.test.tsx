import { cleanup, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

// The client takes the class when it is loaded, and outside of a browser there is nothing to resolve its paths against.
vi.hoisted(() => {
  const Absolute = globalThis.Request
  globalThis.Request = class extends Absolute {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init)
    }
  }
})
// The link's address is the router's matter.
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<typeof import('@tanstack/react-router')>()),
  Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a>,
}))

const { signIn, signOut } = await import('~/auth/index.ts')
const { draw } = await import('~/testing/render.tsx')
const { CloseAccount } = await import('./CloseAccount.tsx')

type Person = import('../queries.ts').Person

const tenant = { id: 't1', name: 'Bharat Telecom', type: 'PROVIDER', code: 'BTEL' }
const nodal = { id: 'u1', name: 'Anil Mehta', role: 'PROVIDER', is_tenant_admin: true, tenant_id: 't1', tenant }
const desk = { ...nodal, id: 'u2', name: 'Farah Khan', is_tenant_admin: false, version: 4 } as unknown as Person
const requests = ['q1', 'q2'].map((id) => ({ id, request_number: id, abilities: { assign: true } }))

/** The parts of the API that closing an account uses. */
class Server {
  requests = requests
  refused: readonly string[] = []
  readonly sent: { method: string; path: string; ifMatch: string | null; body: unknown }[] = []

  readonly fetch = async (incoming: Request): Promise<Response> => {
    const { pathname: path } = new URL(incoming.url)
    if (path.endsWith('/auth/login/')) return json({ access_token: 'token', user: nodal })
    if (path.endsWith('/auth/logout/')) return new Response(null, { status: 204 })
    if (incoming.method === 'GET') {
      const items = path.endsWith('/users/') ? [nodal, desk] : this.requests
      return json({ items, total: items.length, next_cursor: null })
    }
    const body = (await incoming.json()) as { ids?: string[] }
    this.sent.push({ method: incoming.method, path, ifMatch: incoming.headers.get('If-Match'), body })
    if (!path.endsWith('/bulk/')) return json({ ...desk, is_active: false, version: 5 })
    return json({ results: (body.ids ?? []).map((id) => ({ id, ok: !this.refused.includes(id) })) })
  }
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

let server: Server
const done = vi.fn()

async function drawn(person: Person = desk) {
  await signIn({ email: 'nodal@example.test', password: 'secret' })
  draw(<CloseAccount person={person} onBack={() => undefined} onDone={done} />)
}
const close = () => userEvent.click(screen.getByRole('button', { name: 'Close the account' }))

async function chooseSuccessor() {
  await screen.findByRole('option', { name: 'Anil Mehta' })
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Who takes them over' }), 'Anil Mehta')
}

beforeEach(() => {
  server = new Server()
  done.mockClear()
  vi.stubGlobal('fetch', (input: Request) => server.fetch(input))
})
afterEach(async () => {
  cleanup()
  await signOut()
  vi.unstubAllGlobals()
})

describe('closing an account', () => {
  it('hands the open requests over first, then closes the version that was seen', async () => {
    await drawn()
    expect(await screen.findByText(/2 requests of theirs are still open/)).toBeVisible()
    await chooseSuccessor()
    await close()
    await waitFor(() => expect(done).toHaveBeenCalled())
    expect(server.sent.map(({ path, ifMatch, body }) => [path, ifMatch, body])).toEqual([
      ['/api/v1/lers/requests/bulk/', null, { action: 'assign', user_id: 'u1', ids: ['q1', 'q2'] }],
      ['/api/v1/users/u2/', '"4"', { is_active: false }],
    ])
  })

  it('leaves the account open when a request could not be handed over', async () => {
    server.refused = ['q2']
    await drawn()
    await chooseSuccessor()
    await close()
    expect(await screen.findByRole('alert')).toHaveTextContent('1 request could not be handed over')
    expect(server.sent.map(({ method }) => method)).toEqual(['POST'])
    expect(done).not.toHaveBeenCalled()
  })

  it('tells the entry that it will write, and warns of the last administrator', async () => {
    server.requests = []
    await drawn({ ...desk, id: 'u1', name: 'Anil Mehta', is_tenant_admin: true } as Person)
    expect(await screen.findByText(/last administrator of Bharat Telecom/)).toBeVisible()
    expect(screen.getByText('user:deactivate')).toBeVisible()
    expect(await screen.findByText('They have no open requests.')).toBeVisible()
    expect(screen.queryByRole('combobox', { name: 'Who takes them over' })).toBeNull()
  })
})
