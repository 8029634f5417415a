/** Everything that the reader was told, by request; each leads to where they act on it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowUp, IconBellCheck, IconChecks } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useMemo, useRef } from 'react'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, ErrorSummary, Loading, Page, Panel, problemsOf } from '~/ui/index.ts'
import { FilterBar } from '../components/FilterBar.tsx'
import { GroupCard } from '../components/GroupCard.tsx'
import css from '../components/notifications.module.css'
import { groupsOf } from '../groups.ts'
import { isFamily } from '../kinds.ts'
import { type Filters, listQuery, useMarkRead } from '../queries.ts'
import { useFresh } from '../use-fresh.ts'

export default function NotificationsPage() {
  const { t } = useLingui()
  const me = useMe()
  const [filters, setFilters] = useFilters()
  const list = useInfiniteQuery(listQuery(filters))
  const mark = useMarkRead()
  const { fresh, clear } = useFresh()
  const box = useRef<HTMLDivElement>(null)
  useListKeys(box)
  const groups = useMemo(() => groupsOf(list.data?.pages.flatMap((page) => page.items) ?? []), [list.data])
  const unread = list.data?.pages[0]?.unread_count ?? 0
  const anyUnread = unread > 0 && groups.some((group) => group.unread > 0)
  const show = () => {
    clear()
    void list.refetch().then(() => box.current?.querySelector<HTMLElement>('[data-notification]')?.focus())
  }

  return (
    <Page
      narrow
      title={t`Notifications`}
      lead={<Trans>What happened to the requests that concern you. Opening one marks it as read.</Trans>}
      actions={
        <Button
          variant="default"
          leftSection={<IconChecks size={16} aria-hidden />}
          disabled={!anyUnread}
          loading={mark.isPending && mark.variables !== undefined && 'all' in mark.variables}
          onClick={() => mark.mutate({ all: true })}
        >
          <Trans>Mark all as read</Trans>
        </Button>
      }
    >
      <FilterBar filters={filters} onChange={setFilters} />
      <ErrorSummary problems={problemsOf(mark.error)} />
      <div role="status" className={css.freshPlace}>
        {fresh > 0 && (
          <Button
            fullWidth
            variant="light"
            leftSection={<IconArrowUp size={16} aria-hidden />}
            onClick={show}
            loading={list.isRefetching}
          >
            <Plural value={fresh} one="# new notification: show it" other="# new notifications: show them" />
          </Button>
        )}
      </div>
      <div ref={box} className={css.groups}>
        {list.isPending && (
          <Panel>
            <Loading lines={8} />
          </Panel>
        )}
        {list.error && !list.data && (
          <Panel>
            <ErrorState error={list.error} retry={() => void list.refetch()} />
          </Panel>
        )}
        {list.data && groups.length === 0 && (
          <Panel>
            <Nothing filters={filters} onAll={() => setFilters({ unread: false, family: null })} />
          </Panel>
        )}
        {groups.map((group) => (
          <GroupCard key={group.key} group={group} role={me.role} onMark={(wanted) => mark.mutate(wanted)} />
        ))}
        {list.hasNextPage && (
          <Button
            variant="default"
            className={css.next}
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            <Trans>Show earlier ones</Trans>
          </Button>
        )}
      </div>
    </Page>
  )
}

function Nothing({ filters, onAll }: { filters: Filters; onAll: () => void }) {
  const narrowed = filters.unread || filters.family !== null
  return (
    <EmptyState
      icon={<IconBellCheck size={22} stroke={1.6} />}
      title={
        !narrowed ? (
          <Trans>Nothing has happened yet</Trans>
        ) : filters.family === null ? (
          <Trans>You have read everything</Trans>
        ) : (
          <Trans>Nothing of this kind</Trans>
        )
      }
      action={
        narrowed && (
          <Button variant="default" onClick={onAll}>
            <Trans>Show all notifications</Trans>
          </Button>
        )
      }
    >
      {!narrowed && <Trans>You are told here when something happens to a request that concerns you.</Trans>}
    </EmptyState>
  )
}

/** The filters stand in the address. */
function useFilters(): [Filters, (filters: Filters) => void] {
  const { navigate } = useRouter()
  const search = useSearch({ strict: false }) as { unread?: boolean; about?: string }
  const filters: Filters = {
    unread: search.unread === true,
    family: isFamily(search.about) ? search.about : null,
  }
  const change = ({ unread, family }: Filters) => {
    const next = { ...(unread ? { unread } : {}), ...(family ? { about: family } : {}) }
    void navigate({ to: '.' as string, search: next as never, replace: true, resetScroll: false })
  }
  return [filters, change]
}

/** `n` to the next unread one, `j` and `k` through all. */
function useListKeys(box: React.RefObject<HTMLElement | null>): void {
  const { t } = useLingui()
  const go = (selector: string, step: 1 | -1) => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[data-notification]') ?? [])]
    const from = all.indexOf(document.activeElement as HTMLElement)
    const rest = step === 1 ? all.slice(from + 1) : all.slice(0, Math.max(0, from)).reverse()
    rest.find((each) => each.matches(selector))?.focus()
  }
  useKeys(
    {
      n: { run: () => go('[data-unread]', 1), label: t`Next unread one` },
      j: { run: () => go('*', 1), label: t`Next one` },
      k: { run: () => go('*', -1), label: t`Previous one` },
    },
    { scope: t`Notifications` },
  )
}
