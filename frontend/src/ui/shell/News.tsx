/** Echoes of new notifications: short, few, and never of what the reader has before them already. */
import { Plural, Trans } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { api, keys } from '~/api/index.ts'
import type { Me } from '~/auth/index.ts'
import { targetOf } from '~/domain/notification-target.ts'
import { inRoom, type Notification, useSocketEvent } from '~/realtime/index.ts'
import css from './live.module.css'

/** What comes within this time is one echo. */
const GATHER_MS = 400
const SHOWN_MS = 7_000
const URGENT_MS = 15_000

export function News({ me }: { me: Me }) {
  const client = useQueryClient()
  const path = useLocation({ select: (location) => location.pathname })
  const gathered = useRef<Notification[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  useSocketEvent('new_notification', (notification) => {
    if (isBeforeTheReader(notification)) {
      void api
        .POST('/api/v1/lers/notifications/', { body: { ids: [notification.id] } })
        .then(() => client.invalidateQueries({ queryKey: keys.notifications.unread }))
      return
    }
    if (path === '/notifications' || document.visibilityState === 'hidden') return
    gathered.current.push(notification)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void echo(gathered.current.splice(0), me.role), GATHER_MS)
  })
  return null
}

/** A message of the chat that is open in this window is read where it stands. */
function isBeforeTheReader({ type, request_id }: Notification): boolean {
  return type === 'NEW_MESSAGE' && request_id !== null && inRoom(request_id) && document.visibilityState === 'visible'
}

async function echo(found: Notification[], role: string): Promise<void> {
  const { notifications } = await import('@mantine/notifications')
  const [first] = found
  if (!first) return
  const urgent = found.some(({ priority }) => priority === 'CRITICAL')
  const several = found.length > 1
  const id = `news-${first.id}`
  const target = several ? { path: '/notifications', tab: undefined } : targetOf(first, role)
  notifications.show({
    id,
    color: urgent ? 'red' : 'ink',
    autoClose: urgent ? URGENT_MS : SHOWN_MS,
    title: several ? <Plural value={found.length} one="# new notification" other="# new notifications" /> : first.title,
    message: (
      <>
        {several
          ? found
              .map(({ title }) => title)
              .slice(0, 3)
              .join(' · ')
          : first.message}
        {target && (
          <>
            {' '}
            <Link
              className={css.newsLink}
              to={target.path}
              search={target.tab ? { tab: target.tab } : undefined}
              onClick={() => notifications.hide(id)}
            >
              <Trans>Open</Trans>
            </Link>
          </>
        )}
      </>
    ),
  })
}
