/** What the connection bar says, and from when on: short interruptions pass unseen. Pure. */
import type { LinkState } from '~/realtime/index.ts'

export type Trouble = 'network' | 'live'

/** A page that is loaded and a hub that restarts need no bar. */
const PATIENCE_MS = 4_000

export function troubleOf(link: LinkState, networkUp: boolean, now: number): Trouble | null {
  if (!networkUp) return 'network'
  if (link.state === 'off' || link.state === 'online') return null
  return now - link.since >= PATIENCE_MS ? 'live' : null
}
