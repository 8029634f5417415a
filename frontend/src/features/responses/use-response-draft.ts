/** The draft of one response as state, kept on this device with each change. */
import { useCallback, useState } from 'react'
import { onSignOut } from '~/realtime/index.ts'
import { type Draft, EMPTY, forgetDrafts, keepDraft, readDraft } from './draft.ts'

onSignOut((user) => forgetDrafts(localStorage, user))

export interface DraftState {
  draft: Draft
  change: (found: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => void
  /** It was sent, or thrown away. */
  clear: () => void
}

export function useResponseDraft(user: string, requestId: string): DraftState {
  const [draft, setDraft] = useState<Draft>(() => readDraft(localStorage, user, requestId))
  const change = useCallback<DraftState['change']>(
    (found) =>
      setDraft((before) => {
        const next = { ...before, ...(typeof found === 'function' ? found(before) : found) }
        keepDraft(localStorage, user, requestId, next)
        return next
      }),
    [user, requestId],
  )
  const clear = useCallback(() => {
    keepDraft(localStorage, user, requestId, null)
    setDraft(EMPTY)
  }, [user, requestId])
  return { draft, change, clear }
}
