import { describe, expect, it } from 'vitest'
import {
  addressOf,
  effective,
  MOST_SAVED,
  OPEN_STATUSES,
  onlyOpen,
  sameView,
  savedViews,
  VIEWS,
  withView,
} from './list-views.ts'
import type { RequestListSearch } from './search.ts'
import { requestListSearch } from './search.ts'

describe('effective', () => {
  it('begins with what has not ended, the most urgent first', () => {
    expect(effective({})).toEqual({ plain: true, filters: { status: OPEN_STATUSES }, sort: 'sla_due_date' })
  })

  it('shows everything only when asked, the newest first', () => {
    expect(effective({ view: 'all' })).toEqual({ plain: false, filters: {}, sort: '-created_at' })
  })

  it('adds nothing to filters that are named, and drops empty ones', () => {
    expect(effective({ priority: 'URGENT', status: [], q: '' })).toEqual({
      plain: false,
      filters: { priority: 'URGENT' },
      sort: '-created_at',
    })
  })

  it('begins where the place does', () => {
    expect(effective({}, 'new')).toEqual({ plain: true, filters: { status: ['SUBMITTED'] }, sort: 'submitted_at' })
    expect(effective(addressOf('open', 'new'), 'new').filters.status).toEqual(OPEN_STATUSES)
    expect(addressOf('new', 'new')).toEqual({})
  })

  it('keeps an order that is named', () => expect(effective({ sort: '-priority' }).sort).toBe('-priority'))
})

describe('onlyOpen', () => {
  it('knows that late ones may have ended', () => {
    expect(onlyOpen({ sla: 'breached' })).toBe(false)
    expect(onlyOpen({ sla: 'due_soon' })).toBe(true)
    expect(onlyOpen({ status: ['DRAFT', 'COMPLETED'] })).toBe(false)
    expect(onlyOpen({ clarification: 'answered' })).toBe(true)
  })
})

describe('sameView', () => {
  it('does not mind the order of rows, statuses or names', () => {
    const a: RequestListSearch = { status: ['DRAFT', 'APPROVED'], priority: 'URGENT', sort: '-status' }
    expect(sameView(a, { priority: 'URGENT', status: ['APPROVED', 'DRAFT'] })).toBe(true)
    expect(sameView({}, { status: OPEN_STATUSES })).toBe(true)
    expect(sameView({}, { view: 'all' })).toBe(false)
  })

  it('tells all views that come with the list apart', () => {
    const views = Object.values(VIEWS)
    const same = views.flatMap((one, at) => views.slice(at + 1).filter((other) => sameView(one.search, other.search)))
    expect(same).toEqual([])
  })
})

describe('views as addresses', () => {
  it('survive the schema of the address', () => {
    for (const { search } of Object.values(VIEWS)) expect(requestListSearch(search)).toMatchObject(search)
  })

  it('lose what is not theirs', () => {
    expect(requestListSearch({ sla: 'soon', sort: '-secret', status: ['NO'], view: 'x' })).toEqual({})
  })
})

describe('saved views', () => {
  it('are read without what is none', () => {
    const good = { name: 'CDR', search: { request_type: 'CDR' } }
    expect(savedViews({ request_views: [good, 1, null, { name: 2 }] }, 'request_views')).toEqual([good])
    expect(savedViews({}, 'request_views')).toEqual([])
  })

  it('replace one of the same name, and are not endless', () => {
    const view = (name: string) => ({ name, search: {} })
    expect(withView([view('a'), view('b')], { name: 'a', search: { q: 'x' } })).toEqual([
      view('b'),
      { name: 'a', search: { q: 'x' } },
    ])
    const many = Array.from({ length: MOST_SAVED }, (_, at) => view(String(at)))
    expect(withView(many, view('new'))).toHaveLength(MOST_SAVED)
  })
})
