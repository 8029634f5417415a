import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'

// The client takes the class when it is loaded, and outside of a browser there is nothing to resolve its paths against.
vi.hoisted(() => {
  const Absolute = globalThis.Request
  globalThis.Request = class extends Absolute {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init)
    }
  }
})
// Words come from the sources here: the catalogs are the build's matter.
vi.mock('~/i18n/index.ts', async (original) => ({
  ...(await original<typeof import('~/i18n/index.ts')>()),
  loadCatalogs: async () => undefined,
}))

const { sessionState, signOut } = await import('~/auth/index.ts')
const { draw } = await import('~/testing/render.tsx')
const { SignIn } = await import('./SignIn.tsx')
const { default: SignInAgain } = await import('./SignInAgain.tsx')

type Portal = import('./portal.ts').Portal
type Me = import('~/auth/index.ts').Me

const GOOD = '492039'
const RECOVERY = 'abcd-efgh-ijkl-mnop-qrst-uv23'
const me = { id: 'u1', name: 'Asha Rao', email: 'io@example.test', role: 'IO', mfa_enrolled: true } as unknown as Me
const portal = {
  id: 'enforcement',
  name: { id: 'Law enforcement' },
  roles: ['IO'],
  otherPath: '/provider/',
  otherName: { id: 'provider portal' },
  places: [],
  Enrolment: () => null,
} as unknown as Portal

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

/** A sign-in with a second factor: each good code is good once. */
class Server {
  readonly sent: { email: string; password: string; totp_code?: string }[] = []
  broken = false
  private readonly good = new Set([GOOD, RECOVERY])

  readonly fetch = async (incoming: Request): Promise<Response> => {
    if (!incoming.url.endsWith('/auth/login/')) return new Response(null, { status: 204 })
    const body = (await incoming.json()) as (typeof this.sent)[number]
    this.sent.push(body)
    if (this.broken) throw new TypeError('no network')
    if (body.password !== 'secret') return json({ code: 'invalid_credentials' }, 401)
    if (body.totp_code === undefined) return json({ code: 'mfa_required' }, 401)
    if (!this.good.delete(body.totp_code)) return json({ code: 'invalid_credentials' }, 401)
    return json({ access_token: 'token', user: me })
  }
}

let server: Server
const user = userEvent.setup()
const digits = () => screen.findByLabelText(/^Six-digit code/)

async function firstStep(password = 'secret') {
  await user.type(screen.getByLabelText(/^E-mail/), 'io@example.test')
  await user.type(screen.getByLabelText(/^Password/), password)
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
}

beforeEach(async () => {
  server = new Server()
  vi.stubGlobal('fetch', server.fetch)
  await signOut()
})

describe('the second step of a sign-in', () => {
  beforeEach(async () => {
    draw(<SignIn portal={portal} />)
    await firstStep()
  })

  it('takes the place of the first, with the field in focus and ready for codes', async () => {
    const field = await digits()
    await waitFor(() => expect(field).toHaveFocus())
    expect(field).toHaveAttribute('inputmode', 'numeric')
    expect(field).toHaveAttribute('autocomplete', 'one-time-code')
    expect(screen.queryByLabelText(/^Password/)).not.toBeInTheDocument()
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  it('sends six digits by itself, however they are written', async () => {
    await user.click(await digits())
    await user.paste('492 039')
    await waitFor(() => expect(sessionState()).toMatchObject({ status: 'in', me: { id: 'u1' } }))
    expect(server.sent).toHaveLength(2)
    expect(server.sent[1]).toEqual({ email: 'io@example.test', password: 'secret', totp_code: GOOD })
  })

  it('asks again after a wrong code, and from the second on tells of the clock', async () => {
    await user.type(await digits(), '000000')
    expect(await screen.findByRole('alert')).toHaveTextContent('This code is not right')
    await waitFor(async () => expect(await digits()).toHaveFocus())
    expect(await digits()).toHaveValue('')
    expect(screen.queryByText(/Codes follow the clock/)).not.toBeInTheDocument()
    await user.type(await digits(), '111111')
    expect(await screen.findByText(/Codes follow the clock/)).toBeInTheDocument()
    await user.type(await digits(), GOOD)
    await waitFor(() => expect(sessionState().status).toBe('in'))
  })

  it('takes a recovery code instead, and sends it when it is told to', async () => {
    await digits()
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }))
    await user.type(screen.getByLabelText(/^Recovery code/), `${RECOVERY}{Enter}`)
    await waitFor(() => expect(sessionState().status).toBe('in'))
    expect(server.sent.at(-1)).toMatchObject({ totp_code: RECOVERY })
  })

  it('knows a recovery code that is pasted where digits are asked', async () => {
    await user.click(await digits())
    await user.paste(RECOVERY.toUpperCase())
    expect(screen.getByLabelText(/^Recovery code/)).toHaveValue(RECOVERY.toUpperCase())
    expect(server.sent).toHaveLength(1)
  })

  it('says when a recovery code is not right', async () => {
    await digits()
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }))
    await user.type(screen.getByLabelText(/^Recovery code/), 'nonsense{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('This recovery code is not right')
  })

  it('keeps a code that never arrived', async () => {
    server.broken = true
    await user.type(await digits(), GOOD)
    expect(await screen.findByRole('alert')).toHaveTextContent('No connection to LERS')
    expect(await digits()).toHaveValue(GOOD)
    server.broken = false
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(sessionState().status).toBe('in'))
  })

  it('leads back to the first, where the e-mail still is and the password is not', async () => {
    await digits()
    await user.click(screen.getByRole('button', { name: 'Back to e-mail and password' }))
    expect(screen.getByLabelText(/^E-mail/)).toHaveValue('io@example.test')
    expect(screen.getByLabelText(/^Password/)).toHaveValue('')
  })
})

it('says nothing of a second step after a wrong password', async () => {
  draw(<SignIn portal={portal} />)
  await firstStep('wrong')
  expect(await screen.findByRole('alert')).toHaveTextContent('The e-mail or the password is not right')
  expect(screen.queryByLabelText(/^Six-digit code/)).not.toBeInTheDocument()
})

it('asks for the code over the screen as well, when a session has ended', async () => {
  draw(<SignInAgain me={me} />)
  expect(await screen.findByLabelText(/^E-mail/)).toHaveAttribute('readonly')
  await user.type(screen.getByLabelText(/^Password/), 'secret')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  await user.type(await digits(), GOOD)
  await waitFor(() => expect(sessionState()).toMatchObject({ status: 'in' }))
})
