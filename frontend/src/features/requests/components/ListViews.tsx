/** The views of a list with their numbers: those that come with it, and the user's own. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { formatNumber } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { useEver } from '~/ui/index.ts'
import { countsQuery, useSavedViews, viewCountQuery } from '../list-queries.ts'
import { addressOf, effective, sameView, VIEWS, type Views } from '../list-views.ts'
import { VIEW_LABEL } from '../list-words.ts'
import type { RequestListSearch } from '../search.ts'
import css from './list.module.css'

const SaveView = lazy(() => import('./SaveView.tsx'))

interface ListViewsProps {
  place: string
  views: Views
  search: RequestListSearch
  /** What the list is asked for now is no view yet: it can be saved. */
  onSaving: (open: boolean) => void
  saving: boolean
}

export function ListViews({ place, views, search, saving, onSaving }: ListViewsProps) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const everSaving = useEver(saving)
  const [home] = views
  const counts = useQuery(countsQuery)
  const saved = useSavedViews(place)
  const numbers = useQueries({
    queries: saved.views.map((view) => viewCountQuery(effective(view.search, home).filters)),
  })
  const all = [
    ...views.map((name) => ({
      key: name as string,
      label: i18n._(VIEW_LABEL[name]),
      search: addressOf(name, home),
      count: counts.data && VIEWS[name].count(counts.data),
      own: false,
    })),
    ...saved.views.map((view, at) => ({
      key: `own:${view.name}`,
      label: view.name,
      search: view.search,
      count: numbers[at]?.data,
      own: true,
    })),
  ]
  const current = all.findIndex((view) => sameView(view.search, search, home))
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    if (current >= 0)
      bar.current?.querySelectorAll('li')[current]?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [current])
  const go = (to: RequestListSearch) => void navigate({ to: '.', search: to as never })
  useKeys(
    { v: { run: () => go(all[(current + 1) % all.length]?.search ?? {}), label: t`Next view` } },
    { scope: t`List` },
  )
  return (
    <nav ref={bar} className={css.views} aria-label={t`Views`}>
      <ul>
        {all.map((view, at) => (
          <li key={view.key} className={css.viewItem}>
            <Link
              to="."
              search={view.search as never}
              className={css.view}
              aria-current={at === current ? 'page' : undefined}
              activeOptions={{ exact: true }}
            >
              {view.label}
              {view.count !== undefined && <span className={css.viewCount}>{formatNumber(view.count)}</span>}
            </Link>
            {view.own && at === current && (
              <ActionIcon
                size="sm"
                aria-label={t`Remove the view ${view.label}`}
                onClick={() => void saved.remove(view.label)}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {everSaving && (
        <Suspense fallback={null}>
          <SaveView
            open={saving}
            onClose={() => onSaving(false)}
            save={(name) => saved.save({ name, search })}
            error={saved.error}
            busy={saved.busy}
          />
        </Suspense>
      )}
    </nav>
  )
}
