/** What can be asked of whom: the catalog of all providers, side by side. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconBookOff } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, Loading, Page, Panel } from '~/ui/index.ts'
import css from '../components/catalog.module.css'
import { ClearFilters, Filters, SEARCH_ID } from '../components/Filters.tsx'
import { ItemCard } from '../components/ItemCard.tsx'
import { offeredItems } from '../queries.ts'
import type { CatalogSearch } from '../search.ts'

export default function BrowsePage() {
  const { t } = useLingui()
  const search = useSearch({ strict: false }) as CatalogSearch
  const narrowing = useNarrowing(search)
  const pages = useInfiniteQuery({ ...offeredItems(search), placeholderData: keepPreviousData })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const total = pages.data?.pages[0]?.total ?? 0
  useKeys(
    { '/': { run: () => document.getElementById(SEARCH_ID)?.focus(), label: t`Search the catalog` } },
    { scope: t`Catalog` },
  )
  return (
    <Page
      title={t`Catalog`}
      lead={t`What providers give out, on which authority, and how fast: what they promise beside what they do.`}
    >
      <Panel>
        <Filters search={search} {...narrowing} />
      </Panel>
      <div className={css.under}>
        <p role="status">{pages.data && <Plural value={total} one="# item on offer" other="# items on offer" />}</p>
        {narrowing.narrowed && <ClearFilters onClear={narrowing.clear} />}
      </div>
      {pages.isPending && <Loading lines={6} height={64} />}
      {pages.error && !pages.data && (
        <Panel>
          <ErrorState error={pages.error} retry={() => void pages.refetch()} />
        </Panel>
      )}
      {pages.data && items.length === 0 && <Nothing narrowed={narrowing.narrowed} onClear={narrowing.clear} />}
      <ul className={css.cards}>
        {items.map((item) => (
          <li key={item.id}>
            <ItemCard item={item} />
          </li>
        ))}
      </ul>
      {pages.hasNextPage && (
        <div>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </Page>
  )
}

function useNarrowing(search: CatalogSearch) {
  const navigate = useNavigate()
  const [words, setWords] = useState(search.q ?? '')
  const go = (next: CatalogSearch) => void navigate({ to: '/catalog', search: next as never, replace: true })
  const say = useDebouncedCallback((q: string) => go({ ...search, q: q.trim() || undefined }), 250)
  const { sort: _, ...filters } = search
  return {
    words,
    narrowed: Object.values(filters).some((value) => value !== undefined),
    onWords: (next: string) => {
      setWords(next)
      say(next)
    },
    onChange: (part: Partial<CatalogSearch>) => go({ ...search, ...part }),
    clear: () => {
      setWords('')
      go({ sort: search.sort })
    },
  }
}

function Nothing({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  return (
    <Panel>
      <EmptyState
        icon={<IconBookOff size={22} stroke={1.6} />}
        title={narrowed ? <Trans>No item fits these filters</Trans> : <Trans>Nothing is on offer yet</Trans>}
        action={narrowed ? <ClearFilters onClear={onClear} /> : undefined}
      >
        {narrowed ? (
          <Trans>Take a filter away, or ask a provider without the catalog when you begin a new request.</Trans>
        ) : (
          <Trans>Items appear here as soon as a provider offers one.</Trans>
        )}
      </EmptyState>
    </Panel>
  )
}
