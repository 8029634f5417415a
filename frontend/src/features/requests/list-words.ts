/** The words of the list: names of views, orders and groups, and filters as a person would say them. */
import type { I18n, MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Severity } from '~/domain/sla.ts'
import { formatPlainDate, term } from '~/i18n/index.ts'
import { CLOSED_STATUSES, OPEN_STATUSES, type ViewName } from './list-views.ts'
import type { RequestFilters } from './search.ts'

export const VIEW_LABEL: Record<ViewName, MessageDescriptor> = {
  open: msg({ message: 'Open', context: 'not ended' }),
  overdue: msg`Overdue`,
  due_soon: msg`Due soon`,
  questions: msg`Questions`,
  drafts: msg`Drafts`,
  approval: msg`At the approver`,
  review: msg`To review`,
  new: msg`New`,
  mine: msg`Mine`,
  unassigned: msg`Unassigned`,
  answered: msg`Question answered`,
  closed: msg`Closed`,
  all: msg`All`,
}

export const GROUP_LABEL: Record<Severity, MessageDescriptor> = {
  overdue: msg`Overdue`,
  due_soon: msg`Due soon`,
  on_track: msg`On track`,
  paused: msg`Paused: waiting for an answer`,
  waiting: msg`Not submitted yet`,
  closed: msg`Closed`,
}

export const SORT_LABEL: Record<string, MessageDescriptor> = {
  sla_due_date: msg`Time left`,
  '-created_at': msg`Newest first`,
  created_at: msg`Oldest first`,
  submitted_at: msg`Waiting longest`,
  '-updated_at': msg`Last changed`,
  '-priority': msg`Priority`,
  status: msg`Status`,
  request_number: msg`Number`,
}

export const CLOCK_LABEL = {
  breached: msg`Overdue`,
  due_soon: msg`Due soon`,
  on_track: msg`On track`,
  paused: msg`Paused`,
} as const

/** Names of things that filters hold by id. */
export interface Names {
  provider: (id: string) => string | undefined
  person: (id: string) => string | undefined
}

interface NamedFilter {
  /** The filters that this sentence is made of, and that go together. */
  keys: (keyof RequestFilters)[]
  text: string
}

const MOMENTS = {
  created: msg`Created`,
  submitted: msg`Submitted`,
  due: msg`Due`,
  completed: msg`Completed`,
} as const

/** Each filter in words, to be shown, taken away, and told when nothing matches. */
export function inWords(words: I18n, filters: RequestFilters, names: Names): NamedFilter[] {
  const found: NamedFilter[] = []
  const add = (key: keyof RequestFilters, name: MessageDescriptor, value: string | undefined) => {
    if (value) found.push({ keys: [key], text: `${words._(name)}: ${value}` })
  }
  add('q', msg`Words`, filters.q)
  add('status', msg`Status`, statusWords(words, filters.status))
  add('priority', msg`Priority`, filters.priority && term(words, 'priority', filters.priority))
  add('sla', msg`Clock`, filters.sla && words._(CLOCK_LABEL[filters.sla]))
  add('request_type', msg`Type`, filters.request_type && term(words, 'requestType', filters.request_type))
  add('provider_tenant_id', msg`Provider`, named(filters.provider_tenant_id, names.provider, words))
  add('agency_tenant_id', msg`Agency`, named(filters.agency_tenant_id, names.provider, words))
  add('catalog_item_id', msg`Catalog item`, filters.catalog_item_id && words._(msg`one item`))
  add('created_by', msg`Created by`, personWords(words, filters.created_by, names))
  add('assigned_to', msg`Assigned to`, personWords(words, filters.assigned_to, names))
  if (filters.clarification) {
    const open = filters.clarification === 'open'
    add('clarification', msg`Question`, words._(open ? msg`to be answered` : msg`answered`))
  }
  if (filters.sent_back) add('sent_back', msg`Drafts`, words._(msg`sent back for changes`))
  for (const [moment, name] of Object.entries(MOMENTS)) {
    const [from, to] = [`${moment}_from`, `${moment}_to`] as [keyof RequestFilters, keyof RequestFilters]
    const days = period(words, filters[from] as string | undefined, filters[to] as string | undefined)
    if (days) found.push({ keys: [from, to], text: `${words._(name)}: ${days}` })
  }
  return found
}

function statusWords(words: I18n, status: RequestFilters['status']): string | undefined {
  if (!status?.length) return undefined
  const all = (wanted: readonly string[]) =>
    wanted.length === status.length && wanted.every((each) => (status as string[]).includes(each))
  if (all(OPEN_STATUSES)) return words._(msg`all that are open`)
  if (all(CLOSED_STATUSES)) return words._(msg`all that are closed`)
  return status.map((each) => term(words, 'status', each)).join(', ')
}

function named(id: string | undefined, name: (id: string) => string | undefined, words: I18n): string | undefined {
  return id && (name(id) ?? words._(msg`one of them`))
}

function personWords(words: I18n, who: string | undefined, names: Names): string | undefined {
  if (!who) return undefined
  if (who === 'me') return words._(msg`me`)
  if (who === 'unassigned') return words._(msg`nobody`)
  return names.person(who) ?? words._(msg`one person`)
}

const DAY = 10

function period(words: I18n, from: string | undefined, to: string | undefined): string | undefined {
  const first = from && formatPlainDate(from.slice(0, DAY))
  const last = to && formatPlainDate(to.slice(0, DAY))
  if (first && last) return first === last ? first : `${first} – ${last}`
  if (first) return words._(msg`from ${first}`)
  return last && words._(msg`until ${last}`)
}
