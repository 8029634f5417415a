/** Errors of the API (RFC 9457) as one class that screens can show and act on. */
export type FieldErrors = Record<string, string[]>

export interface ProblemBody {
  title: string
  status: number
  detail?: string
  code: string
  request_id?: string
  errors?: FieldErrors
  allowed?: string[]
  current_status?: string
}

/** A refused or failed call. `code` is stable; `detail` is a sentence for people; `requestId` finds it in the logs. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | null
  readonly fields: FieldErrors
  readonly body: Partial<ProblemBody>

  constructor(status: number, body: Partial<ProblemBody>, requestId: string | null) {
    super(body.detail ?? body.title ?? code(status))
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? code(status)
    this.requestId = body.request_id ?? requestId
    this.fields = flatten(body.errors)
    this.body = body
  }

  /** The call never reached the server, or its answer never came back. */
  get offline(): boolean {
    return this.status === 0
  }

  /** Trying the same again may help. */
  get retryable(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

const code = (status: number) => (status === 0 ? 'offline' : `http_${status}`)

/** Field errors may be nested (`identifiers.0.value`): one level with dotted names is what forms need. */
function flatten(errors: unknown, prefix = ''): FieldErrors {
  if (!errors || typeof errors !== 'object') return {}
  const found: FieldErrors = {}
  for (const [key, value] of Object.entries(errors)) {
    const name = prefix ? `${prefix}.${key}` : key
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) found[name] = value
    else if (typeof value === 'string') found[name] = [value]
    else Object.assign(found, flatten(value, name))
  }
  return found
}

export const isProblem = (error: unknown, ...codes: string[]): error is Problem =>
  error instanceof Problem && (codes.length === 0 || codes.includes(error.code))
