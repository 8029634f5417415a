/** Which items of a long list are in view of the window, and where they stand. */
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type RefCallback, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import type { Item } from './items.ts'

const ROW = 48
const GROUP = 40
const CARD = 118
const AHEAD = 12

interface Given<Row> {
  items: readonly Item<Row>[]
  cards: boolean
  /** The key of an item that stays drawn wherever it is: it has the focus. */
  keep: string | null
  /** Draw all: for paper. */
  all: boolean
  onEnd?: () => void
}

interface Visible<Row> {
  item: Item<Row>
  at: number
  start: number
}

interface VirtualItems<Row> {
  body: RefCallback<HTMLElement>
  visible: Visible<Row>[]
  /** The place of the list on the page, which positions count from. */
  offset: number
  height: number
  measure: RefCallback<HTMLElement>
}

export function useVirtualItems<Row>({ items, cards, keep, all, onEnd }: Given<Row>): VirtualItems<Row> {
  const [body, setBody] = useState<HTMLElement | null>(null)
  const offset = useOffset(body)
  const kept = keep === null ? -1 : items.findIndex((item) => item.key === keep)
  const rangeExtractor = useCallback(
    (range: Range) => {
      const found = defaultRangeExtractor(range)
      return kept < 0 || kept >= range.count || found.includes(kept) ? found : [...found, kept].sort((a, b) => a - b)
    },
    [kept],
  )
  const virtualizer = useWindowVirtualizer<HTMLElement>({
    count: items.length,
    estimateSize: (at) => (items[at]?.kind === 'group' ? GROUP : cards ? CARD : ROW),
    getItemKey: (at) => items[at]?.key ?? at,
    overscan: 8,
    scrollMargin: offset,
    rangeExtractor,
  })
  const found = virtualizer.getVirtualItems()
  const last = found.at(-1)?.index ?? -1
  const near = items.length > 0 && last >= items.length - AHEAD
  useEffect(() => {
    if (near) onEnd?.()
  }, [near, onEnd])
  const visible = all
    ? items.map((item, at) => ({ item, at, start: 0 }))
    : found.flatMap(({ index, start }) => {
        const item = items[index]
        return item ? [{ item, at: index, start }] : []
      })
  return { body: setBody, visible, offset, height: virtualizer.getTotalSize(), measure: virtualizer.measureElement }
}

/** How far down the page the list begins; anew when anything above it grows or goes. */
function useOffset(body: HTMLElement | null): number {
  const [offset, setOffset] = useState(0)
  useLayoutEffect(() => {
    if (!body) return
    const read = () => setOffset(Math.round(body.getBoundingClientRect().top + window.scrollY))
    read()
    const observer = new ResizeObserver(read)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [body])
  return offset
}
