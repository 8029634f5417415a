/** What a key means in the field, and whether the draft can be sent. Pure. */
import type { Outgoing } from '~/realtime/index.ts'
import type { Draft } from './drafts.ts'

export const MOST_CHARACTERS = 10_000
/** From here on the field says how many characters are left. */
export const NEARLY = 9_000

interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  nativeEvent?: { isComposing?: boolean }
}

export type Action = 'send' | 'edit' | 'leave' | null

export function actionOf(press: Press, { enterSends, empty }: { enterSends: boolean; empty: boolean }): Action {
  // Enter also ends the composition of a Devanagari word.
  if (press.nativeEvent?.isComposing) return null
  const plain = !(press.ctrlKey || press.metaKey || press.shiftKey || press.altKey)
  if (press.key === 'Enter') {
    if (press.ctrlKey || press.metaKey) return 'send'
    return enterSends && plain ? 'send' : null
  }
  if (press.key === 'ArrowUp') return empty && plain ? 'edit' : null
  return press.key === 'Escape' && plain ? 'leave' : null
}

export type Readiness = 'ready' | 'empty' | 'uploading' | 'scanning' | 'unusable'

/** `scans`: the state of each attached file, undefined while it is not known. `pending`: chosen and not there yet. */
export function readiness({ text, files }: Draft, scans: readonly (string | undefined)[], pending = 0): Readiness {
  if (pending > 0) return 'uploading'
  if (text.trim() === '' && files.length === 0) return 'empty'
  const open = scans.filter((scan) => scan !== 'CLEAN' && scan !== 'UNSCANNED')
  if (open.length === 0) return 'ready'
  return open.every((scan) => scan === undefined || scan === 'PENDING') ? 'scanning' : 'unusable'
}

/** The message of one's own that can still be changed: the newest that is not there and not under way. */
export function lastToEdit(outgoing: readonly Outgoing[]): Outgoing | undefined {
  return outgoing.findLast((item) => item.state !== 'sending')
}
