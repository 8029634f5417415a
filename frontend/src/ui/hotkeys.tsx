/** Keyboard shortcuts: who wants which keys now, one listener for all, and what the help dialog tells of them. */
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import css from './hotkeys.module.css'
import { chordOf, isCharacter, isTaken, isTyping, parseKeys } from './keys.ts'

/** What keys do. One that answers `false` had nothing to do: the browser's own use of the key remains. */
type Run = (event: KeyboardEvent) => unknown
/** A function, or one with the words that the help dialog shows for it. */
export type Binding = Run | { run: Run; label: string }
export type Bindings = Record<string, Binding>

interface Options {
  /** The heading in the help dialog under which these keys stand, in the user's language. */
  scope: string
  enabled?: boolean
  /** Keys of a dialog: they work while it is open, and no others do. */
  modal?: boolean
}

interface Scope {
  name: string
  modal: boolean
  bindings: { current: Bindings }
}

export interface Shortcut {
  keys: string
  label: string
}
export interface ShortcutGroup {
  scope: string
  shortcuts: Shortcut[]
}

const SETTING = 'lers-shortcuts'
const SEQUENCE_MS = 1_200
const scopes: Scope[] = []
const listeners = new Set<() => void>()
let told: ShortcutGroup[] = []
let begun: { chords: string[]; at: number } = { chords: [], at: 0 }

function tell(): void {
  const groups = new Map<string, Shortcut[]>()
  for (const { name, bindings } of scopes) {
    const found = groups.get(name) ?? []
    groups.set(name, found)
    for (const [keys, binding] of Object.entries(bindings.current)) {
      if (typeof binding === 'function' || found.some((each) => each.keys === keys)) continue
      found.push({ keys, label: binding.label })
    }
  }
  told = [...groups].filter(([, shortcuts]) => shortcuts.length > 0).map(([scope, shortcuts]) => ({ scope, shortcuts }))
  for (const listener of listeners) listener()
}

/** Whether shortcuts of a single character work on this device; the others always do. */
export function shortcutsEnabled(): boolean {
  try {
    return localStorage.getItem(SETTING) !== 'off'
  } catch {
    return true
  }
}

export function setShortcutsEnabled(enabled: boolean): void {
  try {
    if (enabled) localStorage.removeItem(SETTING)
    else localStorage.setItem(SETTING, 'off')
  } catch {
    // Without storage they stay on.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useShortcutsEnabled = (): boolean => useSyncExternalStore(subscribe, shortcutsEnabled)
/** The keys that work on this screen, grouped as the help dialog shows them. */
export const useShortcuts = (): ShortcutGroup[] => useSyncExternalStore(subscribe, () => told)

const DIALOG = '[role="dialog"][aria-modal="true"], [data-modal-content], [data-drawer-content]'

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.key === 'Dead') return
  if (event.key === 'Shift' || event.key === 'Control' || event.key === 'Alt' || event.key === 'Meta') return
  const chord = chordOf(event)
  if (!chord.includes('Ctrl+') && !chord.includes('Alt+') && isTyping(event.target)) return
  if (isTaken(chord, event.target) || (isCharacter(chord) && !shortcutsEnabled())) return
  const now = Date.now()
  const chords = now - begun.at < SEQUENCE_MS ? [...begun.chords, chord] : [chord]
  const found = find(chords) ?? (chords.length > 1 ? find([chord]) : null)
  begun = found === 'begun' ? { chords, at: now } : { chords: [], at: 0 }
  if (found === null || found === 'begun') return
  if (found(event) !== false) event.preventDefault()
}

/** The newest scope that wants the chords wins: a list over its page, a dialog over all. */
function find(chords: string[]): Run | 'begun' | null {
  const open = document.querySelector(DIALOG) !== null
  let longer = false
  for (const scope of scopes.toReversed()) {
    if (open && !scope.modal) continue
    for (const [written, binding] of Object.entries(scope.bindings.current)) {
      const wanted = parseKeys(written)
      if (!chords.every((chord, at) => wanted[at] === chord)) continue
      if (wanted.length === chords.length) return typeof binding === 'function' ? binding : binding.run
      longer = true
    }
  }
  return longer ? 'begun' : null
}

/**
 * Bind keys while the component is there: `useKeys({ j: { run: next, label: t`Next row` }, 'g d': go }, { scope })`.
 * Sequences are written with a space, modifiers with a plus. The newest binding of a key wins.
 */
export function useKeys(bindings: Bindings, { scope, enabled = true, modal = false }: Options): void {
  const current = useRef(bindings)
  current.current = bindings
  const words = useMemo(
    () =>
      Object.entries(bindings)
        .map(([keys, binding]) => `${keys}=${typeof binding === 'function' ? '' : binding.label}`)
        .join('\n'),
    [bindings],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are told anew when they change
  useEffect(() => {
    if (!enabled) return
    const entry: Scope = { name: scope, modal, bindings: current }
    if (scopes.length === 0) window.addEventListener('keydown', onKeyDown)
    scopes.push(entry)
    tell()
    return () => {
      scopes.splice(scopes.indexOf(entry), 1)
      if (scopes.length === 0) window.removeEventListener('keydown', onKeyDown)
      tell()
    }
  }, [scope, enabled, modal, words])
}

const SIGNS: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' }

/** Keys as they stand on the keyboard: each in its own cap. */
export function Keys({ keys }: { keys: string }) {
  return (
    <span className={css.keys}>
      {parseKeys(keys)
        .flatMap((chord) => chord.split(/\+(?=.)/))
        .map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut keep their places
          <kbd className={css.key} key={at}>
            {SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part)}
          </kbd>
        ))}
    </span>
  )
}
