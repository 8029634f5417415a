/** A draft that saves itself: what is typed is kept here, sent a moment later, and never lost to a newer version. */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { isProblem, keys, serverNow } from '~/api/index.ts'
import type { Identifier } from '~/domain/identifiers.ts'
import { type DraftFieldName, type DraftForm, type DraftOut, formOf, mergeOnto, patchOf } from './draft.ts'
import { draftQuery, readIdentifiers, saveDraft } from './queries.ts'

const PAUSE_MS = 900

export type SaveState =
  | { state: 'saved'; at: number | null }
  | { state: 'waiting' | 'saving' }
  | { state: 'failed'; error: unknown }
  | { state: 'conflict'; theirs: DraftOut; fields: DraftFieldName[] }

export interface Draft {
  form: DraftForm
  set: (part: Partial<DraftForm>) => void
  save: SaveState
  /** Send what is not saved yet; false when it could not be. */
  flush: () => Promise<boolean>
  /** The version that the next step has to name. */
  version: () => number
  /** Show the identifiers in clear, to change them. */
  openIdentifiers: () => Promise<void>
  /** After somebody else changed it: theirs, or mine over it. */
  resolve: (whose: 'mine' | 'theirs') => void
}

export function useDraft(draft: DraftOut): Draft {
  const cache = useQueryClient()
  const id = draft.id
  const [form, setForm] = useState(() => formOf(draft))
  const [save, setSave] = useState<SaveState>({ state: 'saved', at: null })
  const current = useRef(form)
  const saved = useRef(form)
  const masked = useRef(maskedOf(draft))
  const version = useRef(draft.version)
  const running = useRef<Promise<boolean> | null>(null)
  const conflict = useRef(false)

  const put = useCallback((next: DraftForm) => {
    current.current = next
    setForm(next)
  }, [])

  /** Take what somebody else saved as the new ground; only what both sides changed is asked about. */
  const adopt = useCallback(
    (theirs: DraftOut) => {
      const identifiersMoved = maskedOf(theirs) !== masked.current
      const state = { ground: saved.current, mine: current.current, identifiersMoved }
      const { clashes, ground, form: merged } = mergeOnto(formOf(theirs), state)
      if (clashes.length > 0) {
        conflict.current = true
        setSave({ state: 'conflict', theirs, fields: clashes })
        return
      }
      version.current = theirs.version
      masked.current = maskedOf(theirs)
      saved.current = ground
      put(merged)
    },
    [put],
  )

  const send = useCallback(async (): Promise<boolean | 'again'> => {
    const now = current.current
    const patch = patchOf(saved.current, now)
    if (!patch) return true
    setSave({ state: 'saving' })
    try {
      const answer = await saveDraft(id, version.current, patch)
      version.current = answer.version
      masked.current = maskedOf(answer)
      // A list that may not be sent stays unsaved, and is compared again with the next change.
      saved.current =
        patch.identifiers || now.identifiers === null ? now : { ...now, identifiers: saved.current.identifiers }
      cache.setQueryData(keys.requests.one(id), answer)
      setSave(patchOf(saved.current, current.current) ? { state: 'waiting' } : { state: 'saved', at: serverNow() })
      return true
    } catch (error) {
      const theirs = await newerVersion(error, () => cache.fetchQuery({ ...draftQuery(id), staleTime: 0 }))
      if (!theirs) {
        setSave({ state: 'failed', error })
        return false
      }
      adopt(theirs)
      return conflict.current ? false : 'again'
    }
  }, [adopt, cache, id])

  const flush = useCallback(async (): Promise<boolean> => {
    if (conflict.current) return false
    while (running.current) await running.current
    const saving = send()
      .then((first) => (first === 'again' ? send() : first))
      .then((outcome) => outcome === true)
      .finally(() => {
        running.current = null
      })
    running.current = saving
    return saving
  }, [send])

  const set = useCallback(
    (part: Partial<DraftForm>) => {
      put({ ...current.current, ...part })
      if (!conflict.current && patchOf(saved.current, current.current)) setSave({ state: 'waiting' })
    },
    [put],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the form begins the pause anew
  useEffect(() => {
    if (!patchOf(saved.current, current.current)) return
    const timer = setTimeout(() => void flush(), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [form, flush])

  useLeaving(flush, () => patchOf(saved.current, current.current) !== null)

  // Another window, or another device, may have saved this draft.
  useEffect(() => {
    if (draft.version > version.current && !running.current && !conflict.current) adopt(draft)
  }, [draft, adopt])

  const openIdentifiers = useCallback(async () => {
    if (current.current.identifiers) return
    const opened: readonly Identifier[] = await readIdentifiers(id)
    saved.current = { ...saved.current, identifiers: opened }
    put({ ...current.current, identifiers: opened })
  }, [id, put])

  const resolve = useCallback(
    (whose: 'mine' | 'theirs') => {
      if (save.state !== 'conflict') return
      const identifiersMoved = maskedOf(save.theirs) !== masked.current
      const state = { ground: saved.current, mine: current.current, identifiersMoved }
      const { ground, form: merged } = mergeOnto(formOf(save.theirs), state)
      const theirs = Object.fromEntries(save.fields.map((name) => [name, ground[name]])) as Partial<DraftForm>
      conflict.current = false
      version.current = save.theirs.version
      masked.current = maskedOf(save.theirs)
      saved.current = ground
      put(whose === 'mine' ? merged : { ...merged, ...theirs })
      setSave({ state: 'saved', at: serverNow() })
      void flush()
    },
    [flush, put, save],
  )

  return { form, set, save, flush, version: () => version.current, openIdentifiers, resolve }
}

const maskedOf = (draft: DraftOut): string =>
  JSON.stringify((draft.identifiers ?? []).map(({ type, masked }) => [type, masked]))

/** What the draft has become, where a save was refused for naming an older version. */
async function newerVersion(error: unknown, read: () => Promise<DraftOut>): Promise<DraftOut | null> {
  if (!isProblem(error) || error.status !== 412) return null
  return read().catch(() => null)
}

/** Save when the page goes out of sight or the connection comes back, and ask before it is closed with something unsaved. */
function useLeaving(flush: () => Promise<boolean>, isDirty: () => boolean): void {
  const dirty = useRef(isDirty)
  dirty.current = isDirty
  useEffect(() => {
    const onHide = () => {
      if (document.visibilityState === 'hidden' && dirty.current()) void flush()
    }
    const onUnload = (event: BeforeUnloadEvent) => {
      if (dirty.current()) event.preventDefault()
    }
    const onOnline = () => {
      if (dirty.current()) void flush()
    }
    window.addEventListener('online', onOnline)
    document.addEventListener('visibilitychange', onHide)
    window.addEventListener('beforeunload', onUnload)
    return () => {
      window.removeEventListener('online', onOnline)
      document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('beforeunload', onUnload)
      if (dirty.current()) void flush()
    }
  }, [flush])
}
