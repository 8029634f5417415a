/** A provider's items, with how each is used and kept. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { formatNumber, useTerm } from '~/i18n/index.ts'
import { MenuButton, type MenuEntry, Time, ToneBadge } from '~/ui/index.ts'
import { type Column, DataTable } from '~/ui/table/index.ts'
import { keptOf } from '../promise.ts'
import type { CatalogItem } from '../queries.ts'
import { useHours } from '../use-hours.ts'
import css from './manage.module.css'
import { KeptRate } from './Promise.tsx'

export interface ItemActions {
  open: (item: CatalogItem) => void
  duplicate: (item: CatalogItem) => void
  offer: (item: CatalogItem, active: boolean) => void
  remove: (item: CatalogItem) => void
}

interface ItemsTableProps {
  items: readonly CatalogItem[]
  loading: boolean
  actions: ItemActions
  onActive: (item: CatalogItem) => void
  empty: ReactNode
}

export function ItemsTable({ items, loading, actions, onActive, empty }: ItemsTableProps) {
  const { t } = useLingui()
  const columns = useColumns(actions)
  return (
    <DataTable
      label={t`Items of the catalog`}
      columns={columns}
      rows={items}
      rowId={(item) => item.id}
      rowName={(item) => item.name}
      loading={loading}
      onOpen={actions.open}
      onActive={onActive}
      faded={(item) => !item.is_active}
      empty={empty}
    />
  )
}

function useColumns(actions: ItemActions): Column<CatalogItem>[] {
  const { t } = useLingui()
  const term = useTerm()
  const hours = useHours()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Item`,
        width: 'minmax(12rem, 2fr)',
        sort: true,
        fixed: true,
        card: 'title',
        value: (item) => item.name,
        cell: (item) => (
          <div className={css.name}>
            <Link to={`/catalog/${item.id}` as string}>{item.name}</Link>
            <span>
              {term('requestType', item.request_type)} · {item.category}
            </span>
          </div>
        ),
      },
      {
        id: 'state',
        header: t`State`,
        width: '8rem',
        sort: true,
        card: 'aside',
        value: (item) => (item.is_active ? (item.is_featured ? 0 : 1) : 2),
        cell: (item) => <State item={item} />,
      },
      {
        id: 'promised',
        header: t`Promised`,
        width: 'minmax(7rem, 1fr)',
        sort: true,
        value: (item) => item.sla_turnaround_hours,
        cell: (item) => hours(item.sla_turnaround_hours, item.sla_business_hours_only),
      },
      {
        id: 'actual',
        header: t`Actual median`,
        width: 'minmax(9.25rem, 1fr)',
        sort: true,
        value: (item) => keptOf(item).median,
        cell: (item) => {
          const { median } = keptOf(item)
          return median === null ? <span className={css.dim}>–</span> : hours(median)
        },
      },
      {
        id: 'kept',
        header: t`In time`,
        width: '8rem',
        sort: true,
        value: (item) => keptOf(item).rate,
        cell: (item) => (keptOf(item).rate === null ? <span className={css.dim}>–</span> : <KeptRate item={item} />),
      },
      {
        id: 'usage',
        header: t`Completed`,
        width: '7.75rem',
        align: 'end',
        sort: true,
        descendingFirst: true,
        value: (item) => item.total_requests_fulfilled,
        cell: (item) => formatNumber(item.total_requests_fulfilled),
      },
      {
        id: 'changed',
        header: t`Last change`,
        width: '8rem',
        from: 66,
        sort: true,
        descendingFirst: true,
        value: (item) => item.updated_at,
        cell: (item) => <Time at={item.updated_at} />,
      },
      {
        id: 'menu',
        header: t`Actions`,
        width: '5.5rem',
        fixed: true,
        cell: (item) => <RowMenu item={item} actions={actions} />,
      },
    ],
    [t, term, hours, actions],
  )
}

function State({ item }: { item: CatalogItem }) {
  if (!item.is_active) {
    return (
      <ToneBadge tone="quiet" dot>
        <Trans>Withdrawn</Trans>
      </ToneBadge>
    )
  }
  return (
    <ToneBadge tone={item.is_featured ? 'violet' : 'good'} dot>
      {item.is_featured ? <Trans>Featured</Trans> : <Trans>On offer</Trans>}
    </ToneBadge>
  )
}

function RowMenu({ item, actions }: { item: CatalogItem; actions: ItemActions }) {
  const { t } = useLingui()
  const icon = { size: 16, 'aria-hidden': true } as const
  const entries: MenuEntry[] = [
    { key: 'edit', label: t`Edit`, icon: <IconPencil {...icon} />, onSelect: () => actions.open(item) },
    { key: 'copy', label: t`Duplicate`, icon: <IconCopy {...icon} />, onSelect: () => actions.duplicate(item) },
    item.is_active
      ? { key: 'off', label: t`Withdraw`, icon: <IconArchive {...icon} />, onSelect: () => actions.offer(item, false) }
      : {
          key: 'on',
          label: t`Offer again`,
          icon: <IconArchiveOff {...icon} />,
          onSelect: () => actions.offer(item, true),
        },
    ...(item.abilities.delete
      ? [
          {
            key: 'delete',
            label: t`Delete`,
            icon: <IconTrash {...icon} />,
            danger: true,
            onSelect: () => actions.remove(item),
          },
        ]
      : []),
  ]
  return (
    <MenuButton entries={entries}>
      {(button) => (
        <ActionIcon {...button} aria-label={t`Actions for ${item.name}`}>
          <IconDots size={18} />
        </ActionIcon>
      )}
    </MenuButton>
  )
}
