/** The typed client of the REST API. Screens call `call(api.GET(...))` and get data or a thrown `Problem`. */
import createClient from 'openapi-fetch'
import { learnServerTime } from './clock.ts'
import { Problem, type ProblemBody } from './problem.ts'
import type { paths } from './schema.gen.d.ts'

/** What the client asks of whoever keeps the session; `auth` puts itself in here. */
export interface Credentials {
  token(): string | null
  /** Get a new access token; false when the session is over. */
  renew(): Promise<boolean>
  /** Ask the user to prove who they are (403 `step_up_required`); false when they would not. */
  proveIdentity(): Promise<boolean>
  /** The server does not know this session any more. */
  ended(): void
  /** Nothing answers before a second factor is set up (403 `mfa_enrolment_required`). */
  mustEnrol(): void
}

let credentials: Credentials = {
  token: () => null,
  renew: async () => false,
  proveIdentity: async () => false,
  ended: () => undefined,
  mustEnrol: () => undefined,
}

export function setCredentials(found: Credentials): void {
  credentials = found
}

const OWN_ANSWER = /\/auth\/(login|token\/refresh|step-up|invitations|password\/reset)\//

async function send(request: Request): Promise<Response> {
  const token = credentials.token()
  if (token && !request.headers.has('Authorization')) request.headers.set('Authorization', `Bearer ${token}`)
  const sentAt = Date.now()
  let response: Response
  try {
    response = await globalThis.fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new Problem(0, {}, null)
  }
  learnServerTime(response.headers.get('Date'), sentAt)
  return response
}

async function codeOf(response: Response): Promise<string | undefined> {
  try {
    return ((await response.clone().json()) as ProblemBody).code
  } catch {
    return undefined
  }
}

/** Send a request; renew the token once on a 401 and ask for a proof of identity once on `step_up_required`. */
export async function authorisedFetch(request: Request): Promise<Response> {
  if (OWN_ANSWER.test(request.url)) return send(request)
  const spare = request.clone()
  const again = request.clone()
  let response = await send(request)
  if (response.status === 401 && credentials.token()) {
    if (!(await credentials.renew())) {
      credentials.ended()
      return response
    }
    response = await send(spare)
  }
  if (response.status !== 403) return response
  const refused = await codeOf(response)
  if (refused === 'mfa_enrolment_required') credentials.mustEnrol()
  if (refused !== 'step_up_required' || !(await credentials.proveIdentity())) return response
  again.headers.delete('Authorization')
  return send(again)
}

export const api = createClient<paths>({
  fetch: authorisedFetch,
  querySerializer: { array: { style: 'form', explode: true } },
})

interface Outcome<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a successful answer, or a thrown `Problem`. */
export async function call<T>(pending: Promise<Outcome<T>>): Promise<T> {
  return (await tagged(pending)).data
}

/** As `call`, with the ETag that a later `If-Match` needs. */
export async function tagged<T>(pending: Promise<Outcome<T>>): Promise<{ data: T; etag: string | null }> {
  const { data, error, response } = await pending
  if (!response.ok) {
    const body = error && typeof error === 'object' ? (error as Partial<ProblemBody>) : {}
    throw new Problem(response.status, body, response.headers.get('X-Request-ID'))
  }
  return { data: data as T, etag: response.headers.get('ETag') }
}

/** A key that makes a repeated POST give the same answer instead of a second object. */
export const idempotencyKey = (): string => crypto.randomUUID()

/** The `If-Match` of an object's version, as the API writes its ETags. */
export const ifMatch = (version: number): string => `"${version}"`
