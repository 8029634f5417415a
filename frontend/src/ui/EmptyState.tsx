/** What a screen or panel says when there is nothing in it. Light: the first screen of a portal may need it. */
import { IconInbox } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import css from './kit.module.css'

interface EmptyStateProps {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <span className={css.emptyIcon} aria-hidden>
        {icon ?? <IconInbox size={22} stroke={1.6} />}
      </span>
      <p className={css.emptyTitle}>{title}</p>
      {children && <p className={css.emptyText}>{children}</p>}
      {action}
    </div>
  )
}
