/** How many notifications are unread, and the way to them. */
import { Plural, Trans } from '@lingui/react/macro'
import { IconBell } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { shortCount, usePlaceCount } from './counts.ts'
import css from './live.module.css'
import { useTitleCount } from './title-count.ts'

export function Bell() {
  const unread = usePlaceCount('notifications')
  useTitleCount(unread)
  return (
    <Link to="/notifications" className={css.bell}>
      <IconBell size={20} stroke={1.7} aria-hidden />
      {unread > 0 && (
        <span className={css.bellCount} aria-hidden>
          {shortCount(unread)}
        </span>
      )}
      <span className="l-visually-hidden">
        {unread > 0 ? (
          <Plural value={unread} one="Notifications: # unread" other="Notifications: # unread" />
        ) : (
          <Trans>Notifications: all read</Trans>
        )}
      </span>
    </Link>
  )
}
