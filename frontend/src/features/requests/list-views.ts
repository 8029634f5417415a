/** Views of the list: the filters behind each name, and which of them an address is. Pure. */
import type { Schema } from '~/api/index.ts'
import type { Status } from '~/domain/status.ts'
import type { RequestFilters, RequestListSearch } from './search.ts'

type Counts = Schema<'CountsOut'>

export const OPEN_STATUSES: Status[] = [
  'DRAFT',
  'PENDING_APPROVAL',
  'APPROVED',
  'SUBMITTED',
  'ACKNOWLEDGED',
  'IN_PROGRESS',
  'RESPONSE_UPLOADED',
]
export const CLOSED_STATUSES: Status[] = ['COMPLETED', 'REJECTED', 'CANCELLED']

export const VIEW_NAMES = [
  'open',
  'overdue',
  'due_soon',
  'questions',
  'drafts',
  'approval',
  'review',
  'new',
  'mine',
  'unassigned',
  'answered',
  'closed',
  'all',
] as const
export type ViewName = (typeof VIEW_NAMES)[number]

interface View {
  search: RequestListSearch
  /** How many there are, of the one answer that counts them all. */
  count: (counts: Counts) => number
}

const sum = (counts: Counts, statuses: readonly Status[]) =>
  statuses.reduce((total, status) => total + (counts.status[status] ?? 0), 0)
const ofStatus = (status: Status): View => ({
  search: { status: [status] },
  count: (counts) => counts.status[status] ?? 0,
})

export const VIEWS: Record<ViewName, View> = {
  open: { search: { status: OPEN_STATUSES }, count: (counts) => counts.open.total },
  overdue: { search: { status: OPEN_STATUSES, sla: 'breached' }, count: (counts) => counts.open.breached },
  due_soon: { search: { status: OPEN_STATUSES, sla: 'due_soon' }, count: (counts) => counts.open.due_soon },
  questions: { search: { clarification: 'open' }, count: (counts) => counts.open.clarification_open },
  drafts: ofStatus('DRAFT'),
  approval: ofStatus('PENDING_APPROVAL'),
  review: ofStatus('RESPONSE_UPLOADED'),
  new: {
    search: { status: ['SUBMITTED'], sort: 'submitted_at' },
    count: (counts) => counts.status.SUBMITTED ?? 0,
  },
  mine: { search: { status: OPEN_STATUSES, assigned_to: 'me' }, count: (counts) => counts.open.assigned_to_me },
  unassigned: {
    search: { status: OPEN_STATUSES, assigned_to: 'unassigned' },
    count: (counts) => counts.open.unassigned,
  },
  answered: { search: { clarification: 'answered' }, count: (counts) => counts.open.clarification_answered },
  closed: {
    search: { status: CLOSED_STATUSES, sort: '-updated_at' },
    count: (counts) => sum(counts, CLOSED_STATUSES),
  },
  all: { search: { view: 'all', sort: '-created_at' }, count: (counts) => counts.total },
}

/** Views in the order of the bar. The first is the list without an address. */
export type Views = readonly [ViewName, ...ViewName[]]

const OFFICER: Views = ['open', 'overdue', 'due_soon', 'questions', 'drafts', 'approval', 'review', 'closed', 'all']
const VIEWS_OF = new Map<string, Views>([
  ['IO', OFFICER],
  ['APPROVER', ['open', 'approval', 'overdue', 'due_soon', 'review', 'closed', 'all']],
  ['SUPER_ADMIN', ['open', 'overdue', 'due_soon', 'closed', 'all']],
  ['PROVIDER', ['new', 'mine', 'unassigned', 'answered', 'open', 'overdue', 'due_soon', 'closed', 'all']],
])

/** The views that each kind of work begins with. */
export const viewsOf = (role: string): Views => VIEWS_OF.get(role) ?? OFFICER

/** The address of a view; the home view needs none. */
export const addressOf = (name: ViewName, home: ViewName): RequestListSearch =>
  name === home ? {} : VIEWS[name].search

const empty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The filters that an address names, without order, view and what is empty. */
export function filtersOf({ sort: _sort, view: _view, ...filters }: RequestListSearch): RequestFilters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => !empty(value)))
}

interface Effective {
  /** The address names nothing: these are the home view's own. */
  plain: boolean
  filters: RequestFilters
  sort: string
}

/** What an address asks the API for: the filters it names; without any, those of the home view. */
export function effective(search: RequestListSearch, home: ViewName = 'open'): Effective {
  const named = filtersOf(search)
  const plain = Object.keys(named).length === 0 && search.view !== 'all'
  const shown = plain ? VIEWS[home].search : search
  const filters = filtersOf(shown)
  return { plain, filters, sort: search.sort ?? shown.sort ?? (onlyOpen(filters) ? 'sla_due_date' : '-created_at') }
}

/** Whether only what has not ended can be in the list: then the clock orders and groups it. */
export function onlyOpen({ status, sla, clarification, sent_back }: RequestFilters): boolean {
  if (clarification || sent_back) return true
  if (status?.length) return status.every((each) => (OPEN_STATUSES as string[]).includes(each))
  return sla !== undefined && sla !== 'breached'
}

/** Whether two addresses show the same; the order of the rows is no part of a view. */
export function sameView(a: RequestListSearch, b: RequestListSearch, home: ViewName = 'open'): boolean {
  const text = (search: RequestListSearch) =>
    JSON.stringify(
      Object.entries(effective(search, home).filters)
        .map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value])
        .toSorted(([x], [y]) => String(x).localeCompare(String(y))),
    )
  return text(a) === text(b)
}

export interface SavedView {
  name: string
  search: RequestListSearch
}

export const MOST_SAVED = 12

/** The views in a user's preferences; what is not one is left out. */
export function savedViews(preferences: Record<string, unknown>, place: string): SavedView[] {
  const found = preferences[place]
  if (!Array.isArray(found)) return []
  return found.filter(
    (each): each is SavedView =>
      typeof each === 'object' && each !== null && typeof each.name === 'string' && typeof each.search === 'object',
  )
}

/** With a view added; one of the same name is replaced. */
export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter((each) => each.name !== view.name), view].slice(-MOST_SAVED)
