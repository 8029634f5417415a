/** Whether somebody sits at this window: hidden for a while or untouched for long is AWAY. */
import type { PresenceStatus } from './events.ts'

const HIDDEN_MS = 30_000
const IDLE_MS = 5 * 60_000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Calls back at each change; begins as ONLINE. Returns how to stop. */
export function watchActivity(
  changed: (status: PresenceStatus) => void,
  page: Document = document,
  now: () => number = Date.now,
): () => void {
  let status: PresenceStatus = 'ONLINE'
  let lastSign = now()
  let timer: ReturnType<typeof setTimeout> | undefined

  const become = (next: PresenceStatus) => {
    if (next === status) return
    status = next
    changed(next)
  }
  const look = () => {
    clearTimeout(timer)
    const hidden = page.visibilityState === 'hidden'
    const left = lastSign + (hidden ? HIDDEN_MS : IDLE_MS) - now()
    if (left <= 0) become('AWAY')
    else {
      if (!hidden) become('ONLINE')
      timer = setTimeout(look, left)
    }
  }
  const sign = () => {
    lastSign = now()
    // The running timer looks at the time of the last sign when it fires; only a return needs an answer at once.
    if (status === 'AWAY') look()
  }
  const visibility = () => {
    lastSign = now()
    look()
  }
  for (const name of SIGNS) page.addEventListener(name, sign, { passive: true, capture: true })
  page.addEventListener('visibilitychange', visibility)
  look()
  return () => {
    clearTimeout(timer)
    for (const name of SIGNS) page.removeEventListener(name, sign, { capture: true })
    page.removeEventListener('visibilitychange', visibility)
  }
}
