/** A link to the list of requests behind a number: the officers' list, or the provider's inbox. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '~/auth/index.ts'
import type { RequestListSearch } from '~/features/requests/index.ts'

interface ListLinkProps {
  search: RequestListSearch
  className?: string
  children: ReactNode
}

export function ListLink({ search, className, children }: ListLinkProps) {
  const me = useMe()
  return (
    <Link
      to={(me.role === 'PROVIDER' ? '/inbox' : '/requests') as string}
      search={search as never}
      className={className}
    >
      {children}
    </Link>
  )
}

/** A link to one request. */
export function RequestLink({ id, className, children }: { id: string; className?: string; children: ReactNode }) {
  return (
    <Link to={'/requests/$requestId' as string} params={{ requestId: id } as never} className={className}>
      {children}
    </Link>
  )
}
