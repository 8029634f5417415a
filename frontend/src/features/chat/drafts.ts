/** What was begun and not sent, kept on this device for each request until it is sent or the user signs out. */
import type { Attached } from '~/realtime/index.ts'

export interface Draft {
  text: string
  files: Attached[]
}

type Drafts = Record<string, Draft>
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export const NOTHING: Draft = { text: '', files: [] }
const keyOf = (user: string) => `lers-drafts:${user}`
const isEmpty = ({ text, files }: Draft) => text.trim() === '' && files.length === 0

function all(storage: Store, user: string): Drafts {
  try {
    const found: unknown = JSON.parse(storage.getItem(keyOf(user)) ?? '{}')
    return found && typeof found === 'object' ? (found as Drafts) : {}
  } catch {
    return {}
  }
}

export function readDraft(storage: Store, user: string, requestId: string): Draft {
  return all(storage, user)[requestId] ?? NOTHING
}

export function keepDraft(storage: Store, user: string, requestId: string, draft: Draft): void {
  const { [requestId]: _, ...others } = all(storage, user)
  const next = isEmpty(draft) ? others : { ...others, [requestId]: draft }
  try {
    if (Object.keys(next).length === 0) storage.removeItem(keyOf(user))
    else storage.setItem(keyOf(user), JSON.stringify(next))
  } catch {
    // A full or forbidden storage: the draft lives as long as the page.
  }
}

export function forgetDrafts(storage: Store, user: string): void {
  storage.removeItem(keyOf(user))
}
