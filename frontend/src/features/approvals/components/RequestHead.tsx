/** The head of the open request: its number, how urgent it is, who asks, since when it waits. */
import { Trans } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { LersRequest } from '~/features/requests/index.ts'
import { CopyText, Person, PriorityBadge, StatusBadge, Time } from '~/ui/index.ts'
import css from './inbox.module.css'

export function RequestHead({ request }: { request: LersRequest }) {
  return (
    <header className={css.head}>
      <Anchor component={Link} to={'/approvals' as string} className={css.back}>
        <IconArrowLeft size={16} aria-hidden />
        <Trans>Queue</Trans>
      </Anchor>
      <h2 className={css.headNumber}>
        <CopyText value={request.request_number} mono={false} />
      </h2>
      <span className={css.badges}>
        <StatusBadge status={request.status} />
        <PriorityBadge priority={request.priority} />
      </span>
      <p className={css.headLine}>
        <Person person={request.created_by} />
        {request.first_sent_for_approval_at && (
          <>
            {', '}
            <Trans>
              sent <Time at={request.first_sent_for_approval_at} />
            </Trans>
          </>
        )}
      </p>
    </header>
  )
}
