/** Where a chat stands: at its end while the reader is there, and where they are when older messages come in above. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR_PX = 64
const OLDER_PX = 240

interface Content {
  /** The key of the first and the last row. */
  first: string | undefined
  last: string | undefined
  /** The row to begin at; the end without one. */
  startAt: string | null
  onNearTop: () => void
}

export function useChatScroll(box: RefObject<HTMLElement | null>, { first, last, startAt, onNearTop }: Content) {
  const [atEnd, setAtEnd] = useState(true)
  const stick = useRef(true)
  const before = useRef<{ first: string; height: number; last: string | undefined } | null>(null)

  const toEnd = useCallback(() => {
    const element = box.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    stick.current = true
    setAtEnd(true)
  }, [box])

  useLayoutEffect(() => {
    const element = box.current
    if (!element || first === undefined) return
    const then = before.current
    if (!then) {
      const start = startAt === null ? null : element.querySelector(`[data-row="${startAt}"]`)
      if (start instanceof HTMLElement) {
        element.scrollTop = start.offsetTop - element.offsetTop - 12
        stick.current = isAtEnd(element)
        setAtEnd(stick.current)
      } else toEnd()
    } else if (then.first !== first) element.scrollTop += element.scrollHeight - then.height
    else if (stick.current) toEnd()
    before.current = { first, last, height: element.scrollHeight }
  }, [box, first, last, startAt, toEnd])

  // Files that load and boxes that change their size move the end, not the reader.
  useEffect(() => {
    const element = box.current
    const content = element?.firstElementChild
    if (!element || !content) return
    const observer = new ResizeObserver(() => {
      if (stick.current) element.scrollTop = element.scrollHeight
      if (before.current) before.current.height = element.scrollHeight
    })
    observer.observe(content)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])

  const onScroll = useCallback(() => {
    const element = box.current
    if (!element) return
    stick.current = isAtEnd(element)
    setAtEnd(stick.current)
    if (element.scrollTop < OLDER_PX) onNearTop()
  }, [box, onNearTop])

  return { atEnd, toEnd, onScroll }
}

const isAtEnd = (element: HTMLElement) => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
