/** What happened to the request, day by day, in plain words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import {
  IconAlarm,
  IconArrowBackUp,
  IconCheck,
  IconEye,
  IconFile,
  IconMessage,
  IconPencil,
  IconPlayerPause,
  IconSend,
  IconShieldCheck,
  IconSortAscending,
  IconSortDescending,
  IconUser,
  IconX,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { formatDay, formatExact, formatTime, loadCatalogs, useTerm } from '~/i18n/index.ts'
import { Dialog, EmptyState, Loading, QueryState, ToneBadge } from '~/ui/index.ts'
import { approvalsQuery, type LersRequest, timelineQuery } from '../queries.ts'
import { byDay, type TimelineEntry, tell } from '../timeline.ts'
import { EventWords, happensByItself } from './EventWords.tsx'
import css from './timeline.module.css'
import { useNames } from './use-names.ts'

const ApprovalsList = lazy(async () => {
  const [approvals] = await Promise.all([import('~/features/approvals/index.ts'), loadCatalogs('approvals')])
  return { default: approvals.ApprovalsList }
})

type Tone = 'quiet' | 'info' | 'good' | 'warn' | 'bad' | 'violet'
type Icon = ComponentType<{ size?: number; stroke?: number }>

const LOOKS: readonly [RegExp, Icon, Tone][] = [
  [/^(approval:sealed|request:approve)$/, IconShieldCheck, 'violet'],
  [/^request:(acknowledge|start|challenge_confirmed)$/, IconCheck, 'info'],
  [/^(request:complete|response:accept)$/, IconCheck, 'good'],
  [/^(request:(reject|decline|withdraw|cancel|delete)|response:reject)$/, IconX, 'bad'],
  [/^request:(request_changes|reopen)$/, IconArrowBackUp, 'warn'],
  [/^request:(request_info|challenge|request_extension)$/, IconPlayerPause, 'warn'],
  [/^request:(submit|submit_for_approval)$/, IconSend, 'info'],
  [/^sla:(breach|escalation)/, IconAlarm, 'bad'],
  [/^sla:(warning|last_hours)/, IconAlarm, 'warn'],
  [/^(request:identifiers_read|break_glass:)/, IconEye, 'warn'],
  [/^(response:create|request:respond|file:)/, IconFile, 'info'],
  [/^refused:/, IconX, 'warn'],
  [/^chat:/, IconMessage, 'quiet'],
  [/^request:(assign|participant)/, IconUser, 'quiet'],
]
const FALLBACK: [Icon, Tone] = [IconPencil, 'quiet']

/** A decision looks like what was decided. */
const DECIDED: Record<string, string> = { REJECT: 'request:reject', REQUEST_CHANGES: 'request:request_changes' }

function look({ event, change }: TimelineEntry): [Icon, Tone] {
  const decided = typeof change.decision === 'string' ? (DECIDED[change.decision] ?? event) : event
  const found = LOOKS.find(([pattern]) => pattern.test(decided))
  return found ? [found[1], found[2]] : FALLBACK
}

/** So few fit on one screen in either order. */
const FEW = 4

export function TimelineTab({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const timeline = useQuery(timelineQuery(request.id))
  const [newestFirst, setNewestFirst] = useState(true)
  return (
    <QueryState query={timeline} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t`Nothing has happened yet`} />
        ) : (
          <>
            {items.length > FEW && (
              <div className={css.order}>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  leftSection={newestFirst ? <IconSortDescending size={14} /> : <IconSortAscending size={14} />}
                  onClick={() => setNewestFirst(!newestFirst)}
                >
                  {newestFirst ? <Trans>Newest first</Trans> : <Trans>Oldest first</Trans>}
                </Button>
              </div>
            )}
            <Days request={request} items={items} newestFirst={newestFirst} />
          </>
        )
      }
    </QueryState>
  )
}

interface DaysProps {
  request: LersRequest
  items: Parameters<typeof tell>[0]
  newestFirst?: boolean
  /** On paper there is nothing to press. */
  printed?: boolean
}

export function Days({ request, items, newestFirst = false, printed = false }: DaysProps) {
  const [verifying, setVerifying] = useState(false)
  const days = useMemo(() => {
    const told = tell(items)
    return byDay(newestFirst ? told.toReversed() : told)
  }, [items, newestFirst])
  return (
    <>
      <ol className={css.days}>
        {days.map(({ day, entries }) => (
          <li key={day}>
            <h3 className={css.day}>{formatDay(`${day}T12:00:00Z`)}</h3>
            <ol className={css.entries}>
              {entries.map((entry) => (
                <Entry
                  key={entry.key}
                  entry={entry}
                  request={request}
                  verify={printed ? undefined : () => setVerifying(true)}
                />
              ))}
            </ol>
          </li>
        ))}
      </ol>
      <Dialog
        opened={verifying}
        onClose={() => setVerifying(false)}
        title={<Trans>Approvals, verified</Trans>}
        size="xl"
      >
        <Suspense fallback={<Loading lines={5} />}>
          <ApprovalsList requestId={request.id} />
        </Suspense>
      </Dialog>
    </>
  )
}

function Entry({ entry, request, verify }: { entry: TimelineEntry; request: LersRequest; verify?: () => void }) {
  const nameOf = useNames(request)
  const [IconOf, tone] = look(entry)
  const alone = happensByItself(entry.event)
  return (
    <li className={css.entry}>
      <time className={css.time} dateTime={entry.at} title={formatExact(entry.at)}>
        {formatTime(entry.at)}
      </time>
      <span className={clsx(css.mark, css[tone])} aria-hidden>
        <IconOf size={14} stroke={2} />
      </span>
      <div className={css.words}>
        <p className={css.sentence}>
          {!alone && <strong>{entry.actor?.name ?? <Trans>LERS</Trans>} </strong>}
          <EventWords entry={entry} nameOf={nameOf} />
        </p>
        <p className={css.by}>{alone ? <Trans>Clock of {request.provider_tenant.name}</Trans> : whence(entry)}</p>
      </div>
      {entry.event === 'approval:sealed' && verify && <Verdict entry={entry} request={request} verify={verify} />}
    </li>
  )
}

function whence({ actor, tenant }: TimelineEntry): string {
  return [actor?.rank, tenant.name].filter(Boolean).join(' · ')
}

/** Whether the seal of this decision still fits, as the server says; the list of approvals tells over what. */
function Verdict({ entry, request, verify }: { entry: TimelineEntry; request: LersRequest; verify: () => void }) {
  const term = useTerm()
  const approvals = useQuery(approvalsQuery(request.id))
  const approval = approvals.data?.items.find(({ id }) => id === entry.objectId)
  if (!approval) return null
  return (
    <span className={css.verdict}>
      <ToneBadge tone={approval.verdict === 'VALID' ? 'good' : 'bad'}>{term('verdict', approval.verdict)}</ToneBadge>
      <Button size="compact-xs" variant="subtle" onClick={verify}>
        <Trans>Verify</Trans>
      </Button>
    </span>
  )
}
