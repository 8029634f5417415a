import { Trans, useLingui } from '@lingui/react/macro'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Tone } from '~/domain/status.ts'
import { formatExact } from '~/i18n/index.ts'
import { ErrorState, Page, Panel, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import css from '../components/admin.module.css'
import { Table } from '../components/Table.tsx'
import { type Health, healthQuery } from '../operations.ts'
import { PART_STATES, PARTS, wordOf } from '../words.ts'

type State = Health['status']
const TONE: Record<State, Tone> = { OK: 'good', DEGRADED: 'warn', DOWN: 'bad', UNKNOWN: 'warn', OFF: 'quiet' }

export default function HealthPage() {
  const { t } = useLingui()
  const query = useQuery(healthQuery)
  return (
    <Page title={t`Health`} lead={<Trans>The parts that LERS is made of. Looked at anew every 15 seconds.</Trans>}>
      {query.data && query.error ? (
        <Panel>
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        </Panel>
      ) : (
        <QueryState query={query} lines={10}>
          {(health) => (
            <>
              <Summary health={health} />
              <Panel flush>
                <Parts health={health} />
              </Panel>
            </>
          )}
        </QueryState>
      )}
    </Page>
  )
}

function Summary({ health: { status, parts, checked_at } }: { health: Health }) {
  const { i18n } = useLingui()
  const troubled = parts.filter(({ state }) => state !== 'OK' && state !== 'OFF')
  const names = troubled.map(({ name }) => i18n._(PARTS[name]?.name ?? { id: name })).join(', ')
  const Icon = status === 'OK' ? IconCircleCheck : status === 'DOWN' ? IconCircleX : IconAlertTriangle
  return (
    <div className={css.status} data-state={status} role="status">
      <Icon size={28} stroke={1.7} aria-hidden />
      <div>
        <strong>
          {status === 'OK' ? (
            <Trans>Everything works</Trans>
          ) : status === 'DOWN' ? (
            <Trans>LERS cannot work as it is</Trans>
          ) : (
            <Trans>LERS works, but not whole</Trans>
          )}
        </strong>
        <small>
          {names && <Trans>Look at: {names}. </Trans>}
          <Trans>Looked at {formatExact(checked_at)}</Trans>
        </small>
      </div>
    </div>
  )
}

function Parts({ health }: { health: Health }) {
  const { t, i18n } = useLingui()
  return (
    <Table
      label={t`Parts of LERS`}
      rows={health.parts}
      keyOf={(part) => part.name}
      columns={[
        {
          label: t`Part`,
          cell: ({ name }) => (
            <span className={css.two}>
              <span className={css.strong}>{i18n._(PARTS[name]?.name ?? { id: name })}</span>
              <span className={css.dim}>{PARTS[name] && i18n._(PARTS[name].does)}</span>
            </span>
          ),
        },
        {
          label: t`State`,
          cell: ({ state }) => (
            <ToneBadge tone={TONE[state]} dot>
              {wordOf(PART_STATES, i18n, state)}
            </ToneBadge>
          ),
        },
        { label: t`Running since`, cell: ({ since }) => <Time at={since} /> },
        { label: t`Last answer`, cell: ({ last_seen_at }) => <Time at={last_seen_at} style="datetime" /> },
        { label: t`Detail`, cell: ({ detail }) => <span className={css.dim}>{detail ?? '–'}</span> },
      ]}
    />
  )
}
