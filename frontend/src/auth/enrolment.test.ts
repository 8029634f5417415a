import { beforeEach, expect, it, vi } from 'vitest'

vi.stubGlobal('document', { cookie: '' })
vi.hoisted(() => {
  const Absolute = globalThis.Request
  globalThis.Request = class extends Absolute {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init)
    }
  }
})
const { api, call } = await import('~/api/index.ts')
const session = await import('./session.ts')

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

let demanded: boolean

async function answer({ url }: Request): Promise<Response> {
  const me = { id: 'me', version: 1, mfa_enrolment_required: demanded }
  if (url.endsWith('/auth/login/')) return json({ access_token: 't', user: { ...me, mfa_enrolment_required: false } })
  if (url.endsWith('/auth/me/')) return json(me)
  return demanded ? json({ code: 'mfa_enrolment_required', detail: 'Set it up first.' }, 403) : json({ items: [] })
}

const templates = () => call(api.GET('/api/v1/lers/templates/'))

beforeEach(async () => {
  demanded = false
  vi.stubGlobal('fetch', answer)
  await session.signIn({ email: 'a', password: 'b' })
})

it('is asked for as soon as a call is refused for want of it, and the call fails as it is', async () => {
  demanded = true
  await expect(templates()).rejects.toMatchObject({ status: 403, code: 'mfa_enrolment_required' })
  expect(session.sessionState()).toMatchObject({ status: 'in', me: { id: 'me', mfa_enrolment_required: true } })
})

it('is over when the profile says so', async () => {
  demanded = true
  await templates().catch(() => undefined)
  demanded = false
  await session.readMe()
  expect(session.sessionState()).toMatchObject({ status: 'in', me: { mfa_enrolment_required: false } })
  await expect(templates()).resolves.toMatchObject({ items: [] })
})

it('asks nothing of somebody who is signed out meanwhile', async () => {
  await session.signOut()
  session.mustEnrol()
  expect(session.sessionState().status).toBe('out')
})
