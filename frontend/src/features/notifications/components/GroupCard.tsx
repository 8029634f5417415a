/** What is new of one request, together. */
import { Plural, Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { ToneBadge } from '~/ui/index.ts'
import { type Group, type Mark, shownOf } from '../groups.ts'
import { NotificationRow } from './NotificationRow.tsx'
import css from './notifications.module.css'

interface GroupCardProps {
  group: Group
  role: string
  onMark: (mark: Mark) => void
}

export function GroupCard({ group, role, onMark }: GroupCardProps) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const shown = shownOf(group.items, open)
  const hidden = group.items.length - shown.length
  return (
    <section className={css.group} aria-labelledby={id}>
      <header className={css.groupHead}>
        <h2 className={css.groupTitle} id={id}>
          {group.requestId ? (
            <Link to={`/requests/${group.requestId}`}>{group.number ?? <Trans>A request</Trans>}</Link>
          ) : (
            <Trans>Not about a request</Trans>
          )}
        </h2>
        {group.unread > 0 && (
          <ToneBadge tone="info">
            <Plural value={group.unread} one="# unread" other="# unread" />
          </ToneBadge>
        )}
        {group.unread > 1 && group.requestId && (
          <Button
            className={css.groupMark}
            variant="subtle"
            size="compact-sm"
            onClick={() => group.requestId && onMark({ request_id: group.requestId })}
          >
            <Trans>Mark these as read</Trans>
          </Button>
        )}
      </header>
      <ul className={css.items}>
        {shown.map((item) => (
          <li key={item.id}>
            <NotificationRow item={item} role={role} onRead={() => onMark({ ids: [item.id] })} />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button className={css.more} variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          <Plural value={hidden} one="# earlier one" other="# earlier ones" />
        </Button>
      )}
    </section>
  )
}
