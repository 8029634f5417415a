/** Asking for a fresh proof of identity: whoever needs one waits here, one dialog serves them all. */
type Waiting = (token: string | null) => void

let waiting: Waiting[] = []
const listeners = new Set<(open: boolean) => void>()

/** Open the dialog, and wait for the new token; null when the user would not. */
export function askForProof(): Promise<string | null> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    for (const listener of listeners) listener(true)
  })
}

export function answerProof(token: string | null): void {
  const answered = waiting
  waiting = []
  for (const listener of listeners) listener(false)
  for (const resolve of answered) resolve(token)
}

/** The dialog listens here; returns how to stop. */
export function onProofAsked(listener: (open: boolean) => void): () => void {
  listeners.add(listener)
  if (waiting.length > 0) listener(true)
  return () => listeners.delete(listener)
}
