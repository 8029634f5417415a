import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { Dialog, EmptyState, Page, Panel, QueryState, useNow } from '~/ui/index.ts'
import css from '../components/admin.module.css'
import { BreakGlassForm } from '../components/BreakGlassForm.tsx'
import { BreakGlassRow } from '../components/BreakGlassRow.tsx'
import { type BreakGlass, breakGlassQuery } from '../operations.ts'

export default function BreakGlassPage() {
  const { t } = useLingui()
  const query = useQuery(breakGlassQuery)
  const [asking, setAsking] = useState(false)
  return (
    <Page
      title={t`Break-glass`}
      lead={
        <Trans>
          Administrators do not see what stands in a case. In an emergency you may read one request for 60 minutes: both
          sides are told, and everything you look at is in the audit trail.
        </Trans>
      }
      actions={
        <Button leftSection={<IconKey size={16} />} onClick={() => setAsking(true)}>
          <Trans>Break the glass</Trans>
        </Button>
      }
    >
      <QueryState query={query} lines={6}>
        {(sessions) => <Sessions sessions={sessions} />}
      </QueryState>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t`Read one request in an emergency`} size="lg">
        <BreakGlassForm onClose={() => setAsking(false)} />
      </Dialog>
    </Page>
  )
}

/** A session whose time is up is over, whatever the last answer said. */
const living = (session: BreakGlass, now: number) =>
  (session.state === 'OPEN' || session.state === 'WAITING') && new Date(session.expires_at).getTime() > now

function Sessions({ sessions }: { sessions: readonly BreakGlass[] }) {
  const me = useMe()
  const now = useNow(1_000)
  const alive = sessions.filter((session) => living(session, now))
  const waiting = alive.filter(({ state }) => state === 'WAITING')
  const open = alive.filter(({ state }) => state === 'OPEN')
  const over = sessions.filter((session) => !living(session, now))
  const rows = (list: readonly BreakGlass[]) => (
    <ul className={css.rows}>
      {list.map((session) => (
        <BreakGlassRow key={session.id} session={session} mine={session.asked_by.id === me.id} now={now} />
      ))}
    </ul>
  )
  return (
    <>
      {waiting.length > 0 && (
        <Panel
          title={<Trans>Waiting for a second administrator</Trans>}
          note={<Trans>The agency wants two people. Nobody confirms their own.</Trans>}
          flush
        >
          {rows(waiting)}
        </Panel>
      )}
      <Panel title={<Trans>Open now</Trans>} flush>
        {open.length > 0 ? (
          rows(open)
        ) : (
          <EmptyState icon={<IconKey size={22} stroke={1.6} />} title={<Trans>No case is open</Trans>}>
            <Trans>Cases that you opened, or confirmed for another administrator, stand here until they close.</Trans>
          </EmptyState>
        )}
      </Panel>
      {over.length > 0 && (
        <Panel title={<Trans>Over</Trans>} flush>
          {rows(over)}
        </Panel>
      )}
    </>
  )
}
