/** The views of a list with their numbers: those that come with it, and the user's own. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Modal, TextInput } from '@mantine/core'
import { IconBookmark, IconX } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { formatNumber } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { ErrorSummary, problemsOf } from '~/ui/index.ts'
import { countsQuery, useSavedViews, viewCountQuery } from '../list-queries.ts'
import { addressOf, effective, sameView, VIEWS, type Views } from '../list-views.ts'
import { VIEW_LABEL } from '../list-words.ts'
import type { RequestListSearch } from '../search.ts'
import css from './list.module.css'

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
  const go = (to: RequestListSearch) => void navigate({ to: '.', search: to as never })
  useKeys(
    { v: { run: () => go(all[(current + 1) % all.length]?.search ?? {}), label: t`Next view` } },
    { scope: t`List` },
  )
  return (
    <nav className={css.views} aria-label={t`Views`}>
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
        {current < 0 && (
          <li>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconBookmark size={15} />}
              onClick={() => onSaving(true)}
            >
              <Trans>Save as a view</Trans>
            </Button>
          </li>
        )}
      </ul>
      <SaveView
        open={saving}
        onClose={() => onSaving(false)}
        save={(name) => saved.save({ name, search })}
        error={saved.error}
        busy={saved.busy}
      />
    </nav>
  )
}

interface SaveViewProps {
  open: boolean
  onClose: () => void
  save: (name: string) => Promise<unknown>
  error: unknown
  busy: boolean
}

const LONGEST_NAME = 40

function SaveView({ open, onClose, save, error, busy }: SaveViewProps) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    // A refusal stands above the field, in `error`.
    await save(name.trim()).then(
      () => {
        setName('')
        onClose()
      },
      () => undefined,
    )
  }
  return (
    <Modal opened={open} onClose={onClose} title={t`Save as a view`}>
      <form onSubmit={(event) => void submit(event)} className={css.identifierForm}>
        <ErrorSummary problems={problemsOf(error, () => 'view-name')} />
        <TextInput
          id="view-name"
          data-autofocus
          label={t`Name`}
          description={t`The filters and the order, under a name of your own. Only you see it, on every device.`}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css.end}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Modal>
  )
}
