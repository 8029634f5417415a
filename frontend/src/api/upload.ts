/** Uploads with progress. `fetch` tells nothing of what it has sent, so the bytes go by XMLHttpRequest. */
import { api, authorisedFetch, call, idempotencyKey } from './client.ts'
import { Problem, type ProblemBody } from './problem.ts'
import type { components } from './schema.gen.d.ts'

export type FileRow = components['schemas']['FileOut']
export type Purpose = components['schemas']['FileIn']['purpose']

interface Sending {
  file: File
  purpose: Purpose
  /** Bytes sent so far and in all. */
  onProgress?: (sent: number, total: number) => void
  signal?: AbortSignal
}

/** Announce a file and send its bytes. Resolves with the file's row as the server has it: the virus scan follows. */
export async function uploadFile({ file, purpose, onProgress, signal }: Sending): Promise<FileRow> {
  const announced = await call(
    api.POST('/api/v1/lers/files/', {
      params: { header: { 'Idempotency-Key': idempotencyKey() } },
      body: { filename: file.name, size: file.size, media_type: file.type || 'application/octet-stream', purpose },
      signal,
    }),
  )
  await sendBytes(announced.id, file, onProgress, signal)
  return call(api.GET('/api/v1/lers/files/{file_id}/', { params: { path: { file_id: announced.id } }, signal }))
}

let tokenOf: () => string | null = () => null
let renew: () => Promise<boolean> = async () => false

/** `auth` tells where the token is: XMLHttpRequest goes past `authorisedFetch`. */
export function setUploadCredentials(token: () => string | null, renewToken: () => Promise<boolean>): void {
  tokenOf = token
  renew = renewToken
}

async function sendBytes(
  id: string,
  file: File,
  onProgress: Sending['onProgress'],
  signal?: AbortSignal,
): Promise<void> {
  try {
    await put(id, file, onProgress, signal)
  } catch (error) {
    if (!(error instanceof Problem && error.status === 401 && (await renew()))) throw error
    await put(id, file, onProgress, signal)
  }
}

function put(id: string, file: File, onProgress: Sending['onProgress'], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    const stop = () => xhr.abort()
    xhr.open('PUT', `/api/v1/lers/files/${id}/content/`)
    xhr.setRequestHeader('Authorization', `Bearer ${tokenOf() ?? ''}`)
    xhr.setRequestHeader('Content-Type', 'application/octet-stream')
    xhr.upload.onprogress = (event) => onProgress?.(event.loaded, file.size)
    xhr.onload = () => {
      signal?.removeEventListener('abort', stop)
      if (xhr.status < 300) resolve()
      else reject(new Problem(xhr.status, bodyOf(xhr), xhr.getResponseHeader('X-Request-ID')))
    }
    xhr.onerror = () => reject(new Problem(0, {}, null))
    xhr.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    else xhr.send(file)
  })
}

function bodyOf(xhr: XMLHttpRequest): Partial<ProblemBody> {
  try {
    return JSON.parse(xhr.responseText) as ProblemBody
  } catch {
    return {}
  }
}

/** The bytes of a file, for a preview or a hash; each read is authorised anew and audited by the server. */
export async function readFileBytes(id: string, signal?: AbortSignal): Promise<Blob> {
  const url = new URL(`/api/v1/lers/files/${id}/content/`, globalThis.location.origin)
  const response = await authorisedFetch(new Request(url, { signal }))
  if (!response.ok) {
    const body = (await response.json().catch(() => ({}))) as Partial<ProblemBody>
    throw new Problem(response.status, body, response.headers.get('X-Request-ID'))
  }
  return response.blob()
}

/** Save bytes under a name on the reader's computer. */
export function saveBlob(blob: Blob, filename: string): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = filename
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
