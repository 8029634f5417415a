/** Gathers what comes in bursts: the first waits a moment for others like it, and the same is not done again too soon. */
export interface Batch<T> {
  add: (key: string, item: T) => void
  /** Do now what waits. */
  flush: () => void
  stop: () => void
}

export function createBatch<T>(act: (items: T[]) => void, wait: number, rest = wait): Batch<T> {
  const waiting = new Map<string, T>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting.size === 0) return
    const items = [...waiting.values()]
    waiting.clear()
    last = Date.now()
    act(items)
  }
  return {
    add: (key, item) => {
      waiting.set(key, item)
      timer ??= setTimeout(flush, Math.max(wait, last + rest - Date.now()))
    },
    flush,
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    },
  }
}
