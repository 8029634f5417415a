/** Whether somebody of the other side is there now. */
import { Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import { useTerm } from '~/i18n/index.ts'
import type { PresentPerson } from '~/realtime/index.ts'
import { Time } from '~/ui/index.ts'
import { standIn } from '../presence.ts'
import css from './chat.module.css'

interface ChatHeadProps {
  people: readonly PresentPerson[]
  ownTenant: string
  /** Whether this window hears of changes. */
  live: boolean
}

export function ChatHead({ people, ownTenant, live }: ChatHeadProps) {
  const found = useMemo(() => standIn(people, ownTenant), [people, ownTenant])
  return (
    <header className={css.head}>
      <h2 className={css.title}>
        <Trans>Chat</Trans>
      </h2>
      <p className={css.presence} aria-live="polite">
        {found && live && <Presence {...found} />}
      </p>
    </header>
  )
}

function Presence({ person, others, lastSeen }: NonNullable<ReturnType<typeof standIn>>) {
  const term = useTerm()
  const { user, tenant, status } = person
  if (status === 'OFFLINE') {
    return (
      <>
        <span className={css.dot} data-status="OFFLINE" aria-hidden />
        <span>
          {lastSeen ? (
            <Trans>
              Nobody of {tenant.name} is here; last seen <Time at={lastSeen} />
            </Trans>
          ) : (
            <Trans>Nobody of {tenant.name} is here</Trans>
          )}
        </span>
      </>
    )
  }
  const name = user.name
  const word = term('presence', status)
  return (
    <>
      <span className={css.dot} data-status={status} aria-hidden />
      <span>
        {others > 0 ? (
          <Trans>
            {name} and {others} more: {word}
          </Trans>
        ) : (
          <Trans>
            {name}: {word}
          </Trans>
        )}
      </span>
    </>
  )
}
