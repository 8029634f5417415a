/** How long nobody has touched the portal, over all of its tabs. */
import { useEffect, useState } from 'react'

const IDLE_MS = 15 * 60_000
const WARN_MS = 60_000
const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** Seconds left before the screen locks, or null while that is more than a minute away. Calls `onIdle` once at zero. */
export function useIdle(onIdle: () => void): number | null {
  const [left, setLeft] = useState<number | null>(null)
  useEffect(() => {
    let last = Date.now()
    let told = 0
    const channel = new BroadcastChannel('lers-activity')
    const touch = () => {
      last = Date.now()
      // Other tabs need not hear of every key.
      if (last - told > 5_000) {
        told = last
        channel.postMessage(last)
      }
    }
    channel.onmessage = ({ data }: MessageEvent<number>) => {
      last = Math.max(last, data)
    }
    const timer = setInterval(() => {
      const remaining = IDLE_MS - (Date.now() - last)
      setLeft(remaining > WARN_MS ? null : Math.max(0, Math.ceil(remaining / 1_000)))
      if (remaining <= 0) {
        last = Date.now()
        onIdle()
      }
    }, 1_000)
    for (const event of EVENTS) window.addEventListener(event, touch, { passive: true })
    return () => {
      clearInterval(timer)
      channel.close()
      for (const event of EVENTS) window.removeEventListener(event, touch)
    }
  }, [onIdle])
  return left
}
