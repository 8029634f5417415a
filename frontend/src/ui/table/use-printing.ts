/** Whether the page is being printed: what shows only a part of itself on the screen shows all of it on paper. */
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(() => window.matchMedia('print').matches)
  useEffect(() => {
    const media = window.matchMedia('print')
    // The browser takes its picture right after these events: React must have drawn by then.
    const become = (value: boolean) => flushSync(() => setPrinting(value))
    const before = () => become(true)
    const after = () => become(false)
    const change = () => become(media.matches)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    media.addEventListener('change', change)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
      media.removeEventListener('change', change)
    }
  }, [])
  return printing
}
