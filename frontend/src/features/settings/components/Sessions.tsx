import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Schema } from '~/api/index.ts'
import { ErrorSummary, Panel, problemsOf, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import { deviceOf } from '../device.ts'
import { sessionsQuery, useEndSessions } from '../queries.ts'
import css from '../settings.module.css'

type Session = Schema<'SessionOut'>

export function Sessions() {
  const query = useQuery(sessionsQuery)
  const end = useEndSessions()
  const others = query.data?.items.filter((session) => !session.current) ?? []
  return (
    <Panel
      title={<Trans>Where you are signed in</Trans>}
      note={<Trans>End what you do not know, then change your password.</Trans>}
      actions={
        others.length > 0 && (
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(others)}>
            <Trans>End all others</Trans>
          </Button>
        )
      }
    >
      <ErrorSummary problems={end.error ? problemsOf(end.error) : []} />
      <QueryState query={query} lines={3}>
        {({ items }) => (
          <ul className={css.sessions}>
            {items.map((session) => (
              <SessionRow key={session.id} session={session} busy={end.isPending} onEnd={() => end.mutate([session])} />
            ))}
          </ul>
        )}
      </QueryState>
    </Panel>
  )
}

function SessionRow({ session, busy, onEnd }: { session: Session; busy: boolean; onEnd: () => void }) {
  const { t } = useLingui()
  const { browser, system } = deviceOf(session.device)
  const name = browser && system ? t`${browser} on ${system}` : (browser ?? system ?? t`Unknown device`)
  return (
    <li className={css.session}>
      <div className={css.sessionText}>
        <span className={css.sessionName}>
          {name}
          {session.current && (
            <ToneBadge tone="good">
              <Trans>This one</Trans>
            </ToneBadge>
          )}
        </span>
        <p className={css.sessionNote}>
          {session.ip && <>{session.ip} · </>}
          <Trans>
            since <Time at={session.created_at} style="datetime" />, last seen <Time at={session.last_seen_at} />
          </Trans>
        </p>
      </div>
      {!session.current && (
        <Button variant="default" size="xs" disabled={busy} onClick={onEnd} aria-label={t`End the session: ${name}`}>
          <Trans>End</Trans>
        </Button>
      )}
    </li>
  )
}
