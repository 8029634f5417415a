/** Whether what a screen asked for first is there: until then it can keep out of sight what would still move. */
import { type Query, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Longer than this nobody looks at an empty place: then what is there is shown, and moves. */
const LONGEST_MS = 1000
const unanswered = (query: Query) => query.state.data === undefined

/** True once no first answer is awaited any more, of all queries or those under `queryKey`; it stays true. */
export function useFirstAnswers(queryKey?: QueryKey): boolean {
  const client = useQueryClient()
  const [there, setThere] = useState(() => queryKey !== undefined && client.getQueryData(queryKey) !== undefined)
  useEffect(() => {
    if (there) return
    // The queries of the screen begin in effects, too: in those of its parts, which run before this one.
    const look = () => {
      if (client.isFetching({ queryKey, predicate: unanswered }) === 0) setThere(true)
    }
    look()
    const stop = client.getQueryCache().subscribe(look)
    const timer = setTimeout(() => setThere(true), LONGEST_MS)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [there, client, queryKey])
  return there
}
