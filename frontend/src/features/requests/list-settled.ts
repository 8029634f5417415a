/**
 * A list that is kept up to date without moving under the reader's hand: rows that are shown change in place, rows that
 * came are counted and wait, rows that left stay faded, until the reader asks for the list as it is now. Pure.
 */
export interface Identified {
  id: string
}

export interface Settled<Row extends Identified> {
  /** The rows in the order in which they are shown. */
  rows: Row[]
  /** Ids of shown rows that the list does not hold any more. */
  gone: ReadonlySet<string>
  /** How many are not shown yet. */
  arrived: number
}

/** Shown with nothing new. */
export const settle = <Row extends Identified>(rows: readonly Row[]): Settled<Row> => ({
  rows: unique(rows),
  gone: new Set(),
  arrived: 0,
})

/** The pages have been read again: the same rows stay where they are. */
export function refresh<Row extends Identified>(
  shown: readonly Row[],
  fresh: readonly Row[],
  more: boolean,
): Settled<Row> {
  const news = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(shown.map((row) => row.id))
  const arrived = unique(fresh).filter((row) => !known.has(row.id)).length
  // What came pushed as many rows off the last page: these have not left the list.
  const tail = more ? new Set(shown.slice(Math.max(0, shown.length - arrived)).map((row) => row.id)) : new Set<string>()
  return {
    rows: shown.map((row) => news.get(row.id) ?? row),
    gone: new Set(shown.filter((row) => !news.has(row.id) && !tail.has(row.id)).map((row) => row.id)),
    arrived,
  }
}

/** The reader scrolled on: another page goes under what is shown. */
export function extend<Row extends Identified>(
  shown: readonly Row[],
  fresh: readonly Row[],
  added: readonly Row[],
): Row[] {
  const news = new Map(fresh.map((row) => [row.id, row]))
  const known = new Set(shown.map((row) => row.id))
  return [...shown.map((row) => news.get(row.id) ?? row), ...unique(added).filter((row) => !known.has(row.id))]
}

const unique = <Row extends Identified>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.id, row])).values(),
]
