/**
 * The session of this browser: the access token in memory only, its renewal one at a time across tabs, and the news of
 * it between them. The refresh token is a cookie that no script can read.
 */
import { api, call, idempotencyKey, Problem, type Schema, setCredentials, setUploadCredentials } from '~/api/index.ts'
import { askForProof } from './step-up.ts'

export type Me = Schema<'MeOut'>
export type SessionState =
  | { status: 'starting' }
  | { status: 'out'; reason?: 'ended' | 'idle' }
  | { status: 'in'; me: Me }
  | { status: 'expired'; me: Me }

type News = { type: 'token'; token: string } | { type: 'out' }

let token: string | null = null
let state: SessionState = { status: 'starting' }
const listeners = new Set<() => void>()
const tokenListeners = new Set<(token: string) => void>()
const channel = new BroadcastChannel('lers-session')

function become(next: SessionState): void {
  state = next
  for (const listener of listeners) listener()
}

export const sessionState = (): SessionState => state
export const accessToken = (): string | null => token

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Told of each new access token; the socket hands it on to the hub. */
export function onToken(listener: (token: string) => void): () => void {
  tokenListeners.add(listener)
  return () => tokenListeners.delete(listener)
}

function keep(found: string, tell = true): void {
  token = found
  for (const listener of tokenListeners) listener(found)
  if (tell) channel.postMessage({ type: 'token', token: found } satisfies News)
}

channel.onmessage = ({ data }: MessageEvent<News>) => {
  if (data.type === 'token' && state.status === 'in') keep(data.token, false)
  if (data.type === 'out') leave('ended')
}

function leave(reason?: 'ended' | 'idle'): void {
  token = null
  become({ status: 'out', reason })
}

const csrf = (): string | null => /(?:^|;\s*)lers_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? null

/** Whether there may be a session to take up: it has left its cookie that scripts may read. */
export const mayResume = (): boolean => csrf() !== null

/** Renew the access token: one tab at a time, and a tab that waited takes what another got. */
export function renew(): Promise<boolean> {
  const before = token
  return navigator.locks.request('lers-refresh', async () => {
    if (token !== null && token !== before) return true
    const word = csrf()
    if (!word) return false
    const key = idempotencyKey()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const response = await fetch('/api/v1/auth/token/refresh/', {
        method: 'POST',
        headers: { 'X-CSRF-Token': word, 'Idempotency-Key': key },
      }).catch(() => null)
      if (response?.ok) {
        keep(((await response.json()) as Schema<'TokenOut'>).access_token)
        return true
      }
      if (response && response.status < 500 && response.status !== 429) return false
      await new Promise((resolve) => setTimeout(resolve, 400 * 2 ** attempt))
    }
    throw new Problem(0, {}, null)
  })
}

/** Take up the session of the cookie, if there is one. Call once, before the first screen. */
export async function resume(): Promise<void> {
  try {
    if (csrf() && (await renew())) {
      become({ status: 'in', me: await call(api.GET('/api/v1/auth/me/')) })
      return
    }
  } catch {
    // Without an answer nobody is signed in here; the sign-in form tells what is wrong.
  }
  become({ status: 'out' })
}

export interface SignIn {
  email: string
  password: string
  totp_code?: string
}

/** Sign in, or throw a `Problem` (`invalid_credentials`, `mfa_required`, 429). Forms of an expired session stay as they are. */
export async function signIn(given: SignIn): Promise<Me> {
  const answer = await call(api.POST('/api/v1/auth/login/', { body: given }))
  const me = answer.user as Me
  const before = state.status === 'expired' ? state.me.id : me.id
  // Another person's answers must not be in the cache: what keeps one listens to this.
  if (before !== me.id) become({ status: 'out' })
  keep(answer.access_token, false)
  become({ status: 'in', me })
  return me
}

export async function signOut(): Promise<void> {
  try {
    await api.POST('/api/v1/auth/logout/')
  } finally {
    channel.postMessage({ type: 'out' } satisfies News)
    leave()
  }
}

/** Show `me` anew after a change of the profile. */
export function updateMe(me: Me): void {
  if (state.status === 'in') become({ status: 'in', me })
}

/** The organisation began to demand a second factor: nothing but setting it up answers before it is there. */
export function mustEnrol(): void {
  if (state.status === 'in') become({ status: 'in', me: { ...state.me, mfa_enrolment_required: true } })
}

/** Read the own profile anew, after a change of what one signs in with. */
export async function readMe(): Promise<Me> {
  const me = await call(api.GET('/api/v1/auth/me/'))
  updateMe(me)
  return me
}

/** The server does not know the session any more: the sign-in is asked in place, over the screen as it is. */
export function expire(): void {
  if (state.status === 'in') {
    token = null
    become({ status: 'expired', me: state.me })
  }
}

/** Lock the screen of a user who went away; a new sign-in goes on where they were. */
export function lock(): void {
  if (state.status !== 'in') return
  const { me } = state
  void api.POST('/api/v1/auth/logout/').catch(() => undefined)
  token = null
  become({ status: 'expired', me })
}

setCredentials({
  token: () => token,
  renew,
  ended: expire,
  mustEnrol,
  proveIdentity: async () => {
    const proof = await askForProof()
    if (proof) keep(proof)
    return proof !== null
  },
})
setUploadCredentials(() => token, renew)
