/** A verification as it goes on: begun by the user, told step by step, stopped at any time. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ServerPart } from './queries.ts'
import { type BrowserVerdict, type Progress, verifyHere, verifyThere } from './verification.ts'

export type Side<Verdict> =
  | { state: 'running'; progress: Progress | null }
  | { state: 'done'; verdict: Verdict }
  | { state: 'failed'; error: unknown }
  | { state: 'stopped' }

export interface Verification {
  begun: boolean
  /** The chain that was asked for; every chain that the reader may see, if none. */
  chain: string | undefined
  browser: Side<BrowserVerdict>
  server: Side<ServerPart>
  /** When the slower of both came to its end. */
  endedAt: Date | null
}

const RUNNING = { state: 'running', progress: null } as const
const NONE: Verification = { begun: false, chain: undefined, browser: RUNNING, server: RUNNING, endedAt: null }

export function useVerification(chain: string | undefined) {
  const [current, setCurrent] = useState(NONE)
  const running = useRef<AbortController | null>(null)
  const stop = useCallback(() => running.current?.abort(), [])
  const start = useCallback(async () => {
    running.current?.abort()
    const control = new AbortController()
    running.current = control
    setCurrent({ ...NONE, begun: true, chain })
    // An older run that was replaced has nothing more to say.
    const tell = (part: Partial<Verification>) => {
      if (running.current === control) setCurrent((now) => ({ ...now, ...part }))
    }
    const { signal } = control
    const onProgress = (progress: Progress) => tell({ browser: { state: 'running', progress } })
    await Promise.all([
      settled(verifyHere(chain, { onProgress, signal }), signal).then((browser) => tell({ browser })),
      settled(verifyThere(chain, signal), signal).then((server) => tell({ server })),
    ])
    tell({ endedAt: new Date() })
  }, [chain])
  const close = useCallback(() => {
    running.current?.abort()
    running.current = null
    setCurrent(NONE)
  }, [])
  useEffect(() => stop, [stop])
  const busy = current.begun && (current.browser.state === 'running' || current.server.state === 'running')
  return { current, busy, start, stop, close }
}

async function settled<Verdict>(pending: Promise<Verdict>, signal: AbortSignal): Promise<Side<Verdict>> {
  try {
    return { state: 'done', verdict: await pending }
  } catch (error) {
    return signal.aborted ? { state: 'stopped' } : { state: 'failed', error }
  }
}
