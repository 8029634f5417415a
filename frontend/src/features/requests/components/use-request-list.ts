/** Everything that a list of requests is about at a moment: its address, its rows, what is chosen, what is looked at. */
import { useLingui } from '@lingui/react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import type { Sort } from '~/ui/table/index.ts'
import { sortText } from '~/ui/table/index.ts'
import { bulkOffers } from '../list-bulk.ts'
import { type BulkStep, type Listed, providerChoices, type WantedIdentifier } from '../list-queries.ts'
import { useListRows } from '../list-rows.ts'
import { effective, filtersOf, viewsOf } from '../list-views.ts'
import { inWords } from '../list-words.ts'
import { colleaguesQuery } from '../queries.ts'
import type { RequestFilters, RequestListSearch } from '../search.ts'

const NO_ROWS: readonly Listed[] = []
const NO_FILTERS: RequestFilters = {}

export function useRequestList() {
  const me = useMe()
  const provider = me.role === 'PROVIDER'
  const views = viewsOf(me.role)
  const [home] = views
  const address = useAddress()
  const { search } = address
  const [identifier, setIdentifier] = useState<WantedIdentifier | null>(null)
  const shown = effective(search, home)
  const explicit = filtersOf(search)
  // Whoever looks for a number wants all that is about it: the view's own filter would hide what has ended.
  const { filters, sort } = identifier && shown.plain ? { filters: NO_FILTERS, sort: '-created_at' } : shown
  const list = useListRows({ filters, sort, identifier })
  const chosen = useChosen(list.rows)
  const named = useNamedFilters(explicit, provider)
  // A value that cannot be one of its kind is an answer, too: nothing was found, and why.
  const refusal = isProblem(list.query.error) && list.query.error.status === 422 ? list.query.error : null
  return {
    me,
    provider,
    views,
    home,
    ...address,
    filters,
    sort,
    identifier,
    setIdentifier,
    list,
    chosen,
    explicit,
    named,
    refusal,
  }
}

/** The list's part of the address, and how to change it. A change of filters is a step that `back` undoes. */
function useAddress() {
  const search = useSearch({ strict: false }) as RequestListSearch
  const navigate = useNavigate()
  const go = useCallback(
    (next: RequestListSearch) => void navigate({ to: '.', search: next as never, resetScroll: false }),
    [navigate],
  )
  const home = useCallback(() => go({}), [go])
  return { search, go, clear: home }
}

/** What is chosen among the rows that are shown, and the step that is about to be taken with it. */
function useChosen(rows: readonly Listed[]) {
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set())
  const [step, setStep] = useState<{ step: BulkStep; rows: readonly Listed[] } | null>(null)
  const picked = useMemo(
    () => (selection.size > 0 ? rows.filter((row) => selection.has(row.id)) : NO_ROWS),
    [rows, selection],
  )
  const offers = useMemo(() => bulkOffers(picked), [picked])
  const offer = step && (bulkOffers(step.rows).find((each) => each.step === step.step) ?? null)
  return {
    selection,
    setSelection,
    picked,
    offers,
    offer,
    /** Take a step with these rows, or with what is chosen; false when none of them allows it. */
    begin: (wanted: BulkStep, with_: readonly Listed[] = picked): boolean => {
      if (!with_.some((row) => row.abilities[wanted])) return false
      setStep({ step: wanted, rows: with_ })
      return true
    },
    end: () => setStep(null),
    clear: () => setSelection(new Set()),
  }
}

function useNamedFilters(filters: RequestFilters, provider: boolean) {
  const { i18n } = useLingui()
  const providers = useQuery({ ...providerChoices, enabled: !provider })
  const colleagues = useQuery(colleaguesQuery)
  return inWords(i18n, filters, {
    provider: (id) => providers.data?.find((each) => each.value === id)?.label,
    person: (id) => colleagues.data?.items.find((each) => each.id === id)?.name,
  })
}

/** The address with other filters. From a view that names none, its own filters are named first. */
export function narrowed(
  search: RequestListSearch,
  filters: RequestFilters,
  change: Partial<RequestFilters>,
): RequestListSearch {
  const next = filtersOf({ ...(search.view === 'all' ? {} : filters), ...filtersOf(search), ...change })
  const kept = search.sort ? { sort: search.sort } : {}
  return Object.keys(next).length === 0 ? { view: 'all', ...kept } : { ...next, ...kept }
}

export const ordered = (search: RequestListSearch, sort: Sort | string): RequestListSearch => ({
  ...search,
  sort: typeof sort === 'string' ? sort : sortText(sort),
})
