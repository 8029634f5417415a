/** The list's state as it stands in the address. */
export const SHOWN = ['open', 'accepted', 'rejected', 'all'] as const
export type Shown = (typeof SHOWN)[number]
export const KINDS = ['final', 'partial'] as const
export type Kind = (typeof KINDS)[number]

export interface ResponseSearch {
  /** Left out: what is to be reviewed. */
  show?: Shown
  /** Left out: both. */
  kind?: Kind
}

/** What the API narrows its list by. */
export interface ResponseFilters {
  status?: 'RECEIVED' | 'ACCEPTED' | 'REJECTED'
  is_partial?: boolean
}

const STATUS: Record<Shown, ResponseFilters['status']> = {
  open: 'RECEIVED',
  accepted: 'ACCEPTED',
  rejected: 'REJECTED',
  all: undefined,
}

/** Addresses come from anywhere: what is no filter is none. */
export function readSearch(found: Readonly<Record<string, unknown>>): ResponseSearch {
  return { show: SHOWN.find((each) => each === found.show), kind: KINDS.find((each) => each === found.kind) }
}

export function filtersOf({ show = 'open', kind }: ResponseSearch): ResponseFilters {
  const status = STATUS[show]
  return { ...(status && { status }), ...(kind && { is_partial: kind === 'partial' }) }
}
