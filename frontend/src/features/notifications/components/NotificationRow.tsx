/** One notification: what happened, how urgent it is, and the way to where one acts on it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { targetOf } from '~/domain/notification-target.ts'
import type { Notification } from '~/realtime/index.ts'
import { PriorityBadge, Time } from '~/ui/index.ts'
import { TITLES } from '../kinds.ts'
import { KindIcon } from './KindIcon.tsx'
import css from './notifications.module.css'

interface NotificationRowProps {
  item: Notification
  role: string
  onRead: () => void
}

export function NotificationRow({ item, role, onRead }: NotificationRowProps) {
  const { t, i18n } = useLingui()
  const target = targetOf(item, role)
  const title = i18n._(TITLES[item.type])
  const words = (
    <>
      <span className={css.icon} data-priority={item.priority} aria-hidden>
        <KindIcon type={item.type} />
      </span>
      <span className={css.words}>
        <span className={css.first}>
          <span className={css.title}>{title}</span>
          <PriorityBadge priority={item.priority} />
          {!item.read && (
            <span className="l-visually-hidden">
              <Trans>unread</Trans>
            </span>
          )}
        </span>
        <span className={css.text}>{item.message}</span>
      </span>
      <span className={css.time}>
        <Time at={item.created_at} />
      </span>
    </>
  )
  return (
    <div className={clsx(css.item, !item.read && css.fresh)}>
      {target ? (
        <Link
          to={target.path}
          search={target.tab ? { tab: target.tab } : undefined}
          className={css.link}
          data-unread={!item.read || undefined}
          data-notification
          onClick={() => !item.read && onRead()}
        >
          {words}
        </Link>
      ) : (
        <div className={css.link}>{words}</div>
      )}
      <span className={css.check}>
        {!item.read && (
          <Tooltip label={t`Mark as read`}>
            <ActionIcon onClick={onRead} aria-label={t`Mark as read: ${title}`}>
              <IconCheck size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </div>
  )
}
