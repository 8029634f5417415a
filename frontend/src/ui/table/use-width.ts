/** The width of an element, as its content may use it. */
import { type RefObject, useLayoutEffect, useState } from 'react'

const REM = 16

/** In rem; measured before the first paint, and again when it changes. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const found = element.current
    if (!found) return
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || REM
    const measure = () => setWidth(Math.round(found.offsetWidth / rem))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(found)
    return () => observer.disconnect()
  }, [element])
  return width
}
