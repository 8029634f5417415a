/** What the catalog changed since a template was last looked at. */
import type { Template } from './queries.ts'

type Dates = Pick<Template, 'catalog_item_updated_at' | 'updated_at'>

export const hasMoved = ({ catalog_item_updated_at: item, updated_at: own }: Dates): boolean =>
  item !== null && item !== undefined && Date.parse(item) > Date.parse(own)

interface Dated {
  version: number
  created_at: string
}

/** The version that held when the template was written, and the newest; null where the first is not known. */
export function sinceThen<V extends Dated>(versions: readonly V[], written: string): { past: V; now: V } | null {
  const ordered = [...versions].sort((one, other) => other.version - one.version)
  const past = ordered.find(({ created_at: made }) => Date.parse(made) <= Date.parse(written))
  const now = ordered[0]
  return past && now && past !== now ? { past, now } : null
}
