/** A table's rows and group headings as one flat list, which is what is made visible piece by piece. */

export type Item<Row> =
  | { kind: 'group'; key: string; group: string; count: number }
  | { kind: 'row'; key: string; row: Row; index: number }

/** Rows in their groups: the groups in the order given, others after them as they first appear. */
export function itemsOf<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  groupOf?: (row: Row) => string,
  order: readonly string[] = [],
): Item<Row>[] {
  if (!groupOf) return rows.map((row, index) => ({ kind: 'row', key: rowId(row), row, index }))
  const groups = new Map<string, Row[]>(order.map((group) => [group, []]))
  for (const row of rows) {
    const group = groupOf(row)
    const found = groups.get(group)
    if (found) found.push(row)
    else groups.set(group, [row])
  }
  let index = 0
  return [...groups]
    .filter(([, members]) => members.length > 0)
    .flatMap(([group, members]): Item<Row>[] => [
      { kind: 'group', key: `group:${group}`, group, count: members.length },
      ...members.map((row): Item<Row> => ({ kind: 'row', key: rowId(row), row, index: index++ })),
    ])
}

/** The id of the row `step` rows further; the first or last one when there is none yet. Stops at the ends. */
export function neighbour(ids: readonly string[], active: string | null, step: number): string | null {
  if (ids.length === 0) return null
  const at = active === null ? -1 : ids.indexOf(active)
  if (at < 0) return (step > 0 ? ids[0] : ids[ids.length - 1]) ?? null
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null
}

/** The ids between two, both included, as Shift with a click chooses them. */
export function between(ids: readonly string[], from: string, to: string): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)]
  if (a < 0 || b < 0) return [to]
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** Compare two values of a column: numbers by size, texts as people sort them. What is missing does not come here. */
export function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' })
}
