/** The draft of one chat as state, kept on the device with each change. */
import { useCallback, useState } from 'react'
import { onSignOut } from '~/realtime/index.ts'
import { type Draft, forgetDrafts, keepDraft, NOTHING, readDraft } from './drafts.ts'

onSignOut((user) => forgetDrafts(localStorage, user))

export function useDraft(user: string, requestId: string) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(localStorage, user, requestId))
  const keep = useCallback(
    (change: (before: Draft) => Draft) =>
      setDraft((before) => {
        const next = change(before)
        keepDraft(localStorage, user, requestId, next)
        return next
      }),
    [user, requestId],
  )
  const clear = useCallback(() => keep(() => NOTHING), [keep])
  return { draft, keep, clear }
}
