/** Who is typing: said sparingly, and believed only for a few seconds. Pure. */

/** Say it again after this long; the hub takes four a second from one connection. */
const REPEAT_MS = 2_500
/** Nothing typed for this long is a stop. */
const PAUSE_MS = 4_000
/** A stop that got lost must not leave somebody typing for ever. */
export const BELIEVE_MS = 6_000

export interface TypingTeller {
  /** A key was pressed. */
  typed: () => void
  /** Sent, emptied or left. */
  stopped: () => void
}

export function createTypingTeller(tell: (isTyping: boolean) => void, now: () => number = Date.now): TypingTeller {
  let saidAt = Number.NEGATIVE_INFINITY
  let typing = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stopped = () => {
    clearTimeout(timer)
    if (!typing) return
    typing = false
    saidAt = Number.NEGATIVE_INFINITY
    tell(false)
  }
  return {
    stopped,
    typed: () => {
      clearTimeout(timer)
      timer = setTimeout(stopped, PAUSE_MS)
      if (typing && now() - saidAt < REPEAT_MS) return
      typing = true
      saidAt = now()
      tell(true)
    },
  }
}

/** When each person was last said to be typing. */
export type Typists = ReadonlyMap<string, number>

export function heardTyping(typists: Typists, user: string, isTyping: boolean, now: number): Typists {
  const next = new Map(typists)
  if (isTyping) next.set(user, now)
  else next.delete(user)
  return next
}

export function stillTyping(typists: Typists, now: number): Typists {
  const next = new Map([...typists].filter(([, at]) => now - at < BELIEVE_MS))
  return next.size === typists.size ? typists : next
}
