import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'

vi.hoisted(() => {
  const Absolute = globalThis.Request
  globalThis.Request = class extends Absolute {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init)
    }
  }
})

const { askForProof, signIn } = await import('~/auth/index.ts')
const { draw } = await import('~/testing/render.tsx')
const { default: StepUp } = await import('./StepUp.tsx')

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

let enrolled: boolean
let demanded: boolean
let sent: unknown[]

async function answer(incoming: Request): Promise<Response> {
  const body = (await incoming.json()) as { password: string; totp_code?: string }
  if (incoming.url.endsWith('/auth/login/')) {
    return json({ access_token: 'token', user: { id: 'u1', mfa_enrolled: enrolled } })
  }
  sent.push(body)
  if (demanded && body.totp_code === undefined) return json({ code: 'mfa_required', detail: 'A code.' }, 401)
  if (demanded && body.totp_code !== '492039') return json({ code: 'invalid_credentials' }, 401)
  return json({ access_token: 'fresh' })
}

const user = userEvent.setup()
const confirm = () => user.click(screen.getByRole('button', { name: 'Confirm' }))

async function asked() {
  await signIn({ email: 'io@example.test', password: 'secret' })
  draw(<StepUp />)
  const proof = askForProof()
  await user.type(await screen.findByLabelText(/^Password/), 'secret')
  // In an object, as nobody answers yet.
  return { proof }
}

beforeEach(() => {
  enrolled = true
  demanded = true
  sent = []
  vi.stubGlobal('fetch', answer)
})

it('asks for the password alone where there is no second factor', async () => {
  enrolled = false
  demanded = false
  const { proof } = await asked()
  expect(screen.queryByLabelText(/^Six-digit code/)).not.toBeInTheDocument()
  await confirm()
  expect(await proof).toBe('fresh')
  expect(sent).toEqual([{ password: 'secret' }])
})

it('asks for the code as well, and goes on by itself with its sixth digit', async () => {
  const { proof } = await asked()
  await user.type(screen.getByLabelText(/^Six-digit code/), '492039')
  expect(await proof).toBe('fresh')
  expect(sent).toEqual([{ password: 'secret', totp_code: '492039' }])
})

it('asks for the code when it was set up elsewhere meanwhile', async () => {
  enrolled = false
  const { proof } = await asked()
  await confirm()
  await user.type(await screen.findByLabelText(/^Six-digit code/), '492039')
  expect(await proof).toBe('fresh')
})

it('says that a code is good once, and takes the next one', async () => {
  const { proof } = await asked()
  await user.type(screen.getByLabelText(/^Six-digit code/), '000000')
  expect(await screen.findByRole('alert')).toHaveTextContent('A code is good once')
  expect(screen.getByLabelText(/^Six-digit code/)).toHaveValue('')
  await user.type(screen.getByLabelText(/^Six-digit code/), '492039')
  expect(await proof).toBe('fresh')
})
