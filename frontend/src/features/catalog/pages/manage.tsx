/** A provider's own catalog: what is on offer, how it is used, and how its promises are kept. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useRef, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, ErrorSummary, Page, Panel, problemsOf } from '~/ui/index.ts'
import { type ItemActions, ItemsTable } from '../components/ItemsTable.tsx'
import css from '../components/manage.module.css'
import { DeleteDialog, WithdrawDialog } from '../components/RemoveDialogs.tsx'
import { Starters } from '../components/Starters.tsx'
import { type CatalogItem, itemsOfProvider, useSaveItem } from '../queries.ts'

type Shown = 'all' | 'offered' | 'withdrawn'
type Asking = { what: 'withdraw' | 'delete'; item: CatalogItem } | null
const SEARCH = 'items-search'

export default function ManagePage() {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const query = useQuery(itemsOfProvider(me.tenant.id))
  const [asking, setAsking] = useState<Asking>(null)
  const active = useRef<CatalogItem | null>(null)
  const again = useSaveItem()
  const actions = useMemo((): ItemActions => {
    const go = (to: string, search = {}) => void navigate({ to: to as string, search: search as never })
    return {
      open: (item) => go(`/catalog/${item.id}`),
      duplicate: (item) => go('/catalog/new', { from: item.id }),
      remove: (item) => setAsking({ what: 'delete', item }),
      offer: (item, on) => {
        if (!on) return setAsking({ what: 'withdraw', item })
        again.mutate(
          { id: item.id, version: item.version, body: { is_active: true } },
          { onSuccess: () => notifications.show({ message: t`On offer again: ${item.name}` }) },
        )
      },
    }
  }, [navigate, again.mutate, t])
  useKeys(
    {
      n: { run: () => void navigate({ to: '/catalog/new' as string }), label: t`New item` },
      d: { run: () => (active.current ? actions.duplicate(active.current) : false), label: t`Duplicate the item` },
      '/': { run: () => document.getElementById(SEARCH)?.focus(), label: t`Search the items` },
    },
    { scope: t`Catalog`, enabled: asking === null },
  )
  return (
    <Page
      title={t`Catalog`}
      lead={t`What officers can ask you for. What you promise stands beside what you do.`}
      actions={<NewItem />}
    >
      <ErrorSummary problems={problemsOf(again.error, () => undefined)} />
      {query.error && !query.data ? (
        <Panel>
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        </Panel>
      ) : (
        <Items
          items={query.data?.items}
          actions={actions}
          onActive={(item) => {
            active.current = item
          }}
        />
      )}
      {asking?.what === 'withdraw' && <WithdrawDialog item={asking.item} onClose={() => setAsking(null)} />}
      {asking?.what === 'delete' && <DeleteDialog item={asking.item} onClose={() => setAsking(null)} />}
    </Page>
  )
}

function NewItem() {
  return (
    <Button component={Link} to={'/catalog/new' as string} leftSection={<IconPlus size={16} aria-hidden />}>
      <Trans>New item</Trans>
    </Button>
  )
}

interface ItemsProps {
  items: readonly CatalogItem[] | undefined
  actions: ItemActions
  onActive: (item: CatalogItem) => void
}

function Items({ items, actions, onActive }: ItemsProps) {
  const { t } = useLingui()
  const [q, setQ] = useState('')
  const [shown, setShown] = useState<Shown>('all')
  const found = useMemo(() => {
    const words = q.toLowerCase().split(/\s+/)
    return (items ?? []).filter(
      (item) =>
        (shown === 'all' || item.is_active === (shown === 'offered')) &&
        words.every((word) => `${item.name} ${item.category} ${item.description ?? ''}`.toLowerCase().includes(word)),
    )
  }, [items, q, shown])
  if (items?.length === 0) {
    return (
      <Panel
        title={<Trans>Begin from one of these</Trans>}
        note={
          <Trans>You have no item yet. Choose one and make it your own; nothing is on offer before you save it.</Trans>
        }
      >
        <Starters />
      </Panel>
    )
  }
  return (
    <>
      <Panel flush>
        <div className={css.tools}>
          <TextInput
            id={SEARCH}
            type="search"
            label={t`Search`}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={q}
            autoComplete="off"
            onChange={(event) => setQ(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label={t`Which items`}
            size="sm"
            data={[
              { value: 'all', label: t`All` },
              { value: 'offered', label: t`On offer` },
              { value: 'withdrawn', label: t`Withdrawn` },
            ]}
            value={shown}
            onChange={(value) => setShown(value as Shown)}
          />
        </div>
        <ItemsTable
          items={found}
          loading={items === undefined}
          actions={actions}
          onActive={onActive}
          empty={
            <EmptyState title={<Trans>No item fits</Trans>}>
              <Trans>Search with fewer words, or show all.</Trans>
            </EmptyState>
          }
        />
      </Panel>
      <details>
        <summary>
          <Trans>More items to begin from</Trans>
        </summary>
        <Panel>
          <Starters />
        </Panel>
      </details>
    </>
  )
}
