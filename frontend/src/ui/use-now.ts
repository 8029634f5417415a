/** The server's clock as a value that changes, shared by all timers of one step. */
import { useSyncExternalStore } from 'react'
import { serverNow } from '~/api/index.ts'

interface Ticker {
  subscribe: (listener: () => void) => () => void
  now: () => number
}

const tickers = new Map<number, Ticker>()

function tickerOf(step: number): Ticker {
  let found = tickers.get(step)
  if (!found) {
    const listeners = new Set<() => void>()
    let value = serverNow()
    let timer: ReturnType<typeof setInterval> | undefined
    const tick = () => {
      value = serverNow()
      for (const listener of listeners) listener()
    }
    found = {
      now: () => value,
      subscribe: (listener) => {
        listeners.add(listener)
        timer ??= setInterval(tick, step)
        return () => {
          listeners.delete(listener)
          if (listeners.size === 0) {
            clearInterval(timer)
            timer = undefined
          }
        }
      },
    }
    tickers.set(step, found)
  }
  return found
}

/** Milliseconds since the epoch by the server's clock, anew each `step` milliseconds. */
export function useNow(step = 1_000): number {
  const ticker = tickerOf(step)
  return useSyncExternalStore(ticker.subscribe, ticker.now)
}
