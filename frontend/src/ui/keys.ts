/** Key presses as words (`j`, `g d`, `Ctrl+Enter`, `Shift+u`), and when a press is meant for something else. */

const NAMES: Record<string, string> = {
  ' ': 'Space',
  space: 'Space',
  esc: 'Escape',
  escape: 'Escape',
  enter: 'Enter',
  return: 'Enter',
  del: 'Delete',
  delete: 'Delete',
  left: 'ArrowLeft',
  right: 'ArrowRight',
  up: 'ArrowUp',
  down: 'ArrowDown',
}

interface Press {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The key of a press, the same on every keyboard layout: a Devanagari layout's `ज` is still the key of `j`. */
function keyOf({ key, code }: Press): string {
  if (key.length === 1 && key > '~') {
    const physical = /^(?:Key|Digit)(.)$/.exec(code)?.[1]
    if (physical) return physical.toLowerCase()
  }
  return NAMES[key] ?? (key.length === 1 ? key.toLowerCase() : key)
}

const isLetter = (key: string) => key >= 'a' && key <= 'z' && key.length === 1

/** The word for one press; Ctrl and Command are the same, Shift counts where it does not already make another sign. */
export function chordOf(press: Press): string {
  const key = keyOf(press)
  const shift = press.shiftKey && (key.length > 1 || isLetter(key))
  return `${press.ctrlKey || press.metaKey ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`
}

/** A binding as it is written, in the words of `chordOf`: a list of chords that follow each other. */
export function parseKeys(written: string): string[] {
  return written
    .trim()
    .split(/\s+/)
    .map((chord) => {
      const parts = chord === '+' ? ['+'] : chord.split('+')
      const key = parts.pop() ?? ''
      const mods = new Set(parts.map((part) => part.toLowerCase()))
      if (key.length === 1 && key >= 'A' && key <= 'Z') mods.add('shift')
      const name = NAMES[key.toLowerCase()] ?? (key.length === 1 ? key.toLowerCase() : key)
      const has = (...names: string[]) => names.some((each) => mods.has(each))
      return `${has('ctrl', 'mod', 'cmd') ? 'Ctrl+' : ''}${has('alt') ? 'Alt+' : ''}${has('shift') ? 'Shift+' : ''}${name}`
    })
}

/** Whether a chord is a character alone, which speech input and a cat can type (WCAG 2.1.4): users may switch these off. */
export function isCharacter(chord: string): boolean {
  return (chord.startsWith('Shift+') ? chord.slice(6) : chord).length === 1
}

const FIELDS = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]'
const BUTTONS = /^(?:button|checkbox|radio|submit|reset|file|image)$/

/** Whether the press goes into a field, where every character is text. */
export function isTyping(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest(FIELDS) : null
  if (!field) return false
  return !(field instanceof HTMLInputElement && BUTTONS.test(field.type))
}

const PRESSED = 'a[href], button, summary, input, select, [role="button"], [role="link"]'
const MOVED = '[role="menu"], [role="listbox"], [role="tablist"], [role="radiogroup"], [role="slider"], [role="tree"]'

/** Whether the part under the focus has its own use for the key: Enter on a link, arrows in a menu. */
export function isTaken(chord: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element) || chord.includes('Ctrl+') || chord.includes('Alt+')) return false
  if (target.closest('[role="menu"], [role="listbox"]')) return true
  if (chord === 'Enter' || chord === 'Space') return target.closest(PRESSED) !== null
  return chord.startsWith('Arrow') && (target.closest(MOVED) !== null || target.matches('input[type="radio"]'))
}
