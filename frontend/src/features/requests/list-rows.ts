/** The rows of a list as they are shown: they change in place, and move only when the reader says so. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ListAsk, type Listed, listQuery } from './list-queries.ts'
import { extend, refresh, type Settled, settle } from './list-settled.ts'

interface Shown extends Settled<Listed> {
  key: string
  /** The answer of which this was made, and how many pages it had. */
  data: unknown
  pages: number
  /** The next answer is shown as it comes: it is the first one here, or follows what the reader did. */
  open: boolean
}

const EMPTY: Shown = { key: '', data: null, pages: 0, open: true, ...settle<Listed>([]) }

export function useListRows(ask: ListAsk) {
  const query = useInfiniteQuery(listQuery(ask))
  const [shown, setShown] = useState<Shown>(EMPTY)
  const key = JSON.stringify(ask)
  const { data, hasNextPage, isFetching } = query
  const fresh = data?.pages.flatMap((page) => page.items) ?? []

  function next(): Shown {
    if (!data) return { ...EMPTY, key }
    const made = { key, data, pages: data.pages.length }
    if (key !== shown.key || shown.pages === 0) return { ...made, ...settle(fresh), open: isFetching }
    if (shown.open) return { ...made, ...settle(fresh), open: false }
    if (made.pages > shown.pages) {
      const added = data.pages.slice(shown.pages).flatMap((page) => page.items)
      return { ...shown, ...made, rows: extend(shown.rows, fresh, added) }
    }
    return { ...made, ...refresh(shown.rows, fresh, hasNextPage), open: false }
  }
  // The rows follow the answer while drawing: an effect would draw old rows under new filters for a moment.
  let current = shown
  if (key !== shown.key || data !== (shown.data ?? undefined)) {
    current = next()
    setShown(current)
  }

  return {
    query,
    rows: current.rows,
    gone: current.gone,
    arrived: current.arrived,
    total: data?.pages[0]?.total,
    /** Show the list as it is now. */
    show: () => setShown({ ...current, ...settle(fresh) }),
    /** What comes next is the reader's own doing: it is shown at once. */
    expect: () => setShown({ ...current, open: true }),
  }
}
