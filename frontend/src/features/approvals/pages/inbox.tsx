/** The approval inbox: queue, request, decision. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChecks } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import clsx from 'clsx'
import { useEffect } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, Page, Panel, QueryState } from '~/ui/index.ts'
import css from '../components/inbox.module.css'
import { OpenRequest } from '../components/OpenRequest.tsx'
import { Queue } from '../components/Queue.tsx'
import { pendingQuery } from '../queries.ts'
import { neighbour, queueOf, type Queue as Rows } from '../queue.ts'

export default function InboxPage() {
  const { t } = useLingui()
  const { requestId } = useParams({ strict: false }) as { requestId?: string }
  const pending = useQuery(pendingQuery)
  const waiting = pending.data?.items.filter(({ abilities }) => abilities.approve).length
  return (
    <Page
      title={t`Approvals`}
      lead={
        waiting !== undefined &&
        waiting > 0 && <Plural value={waiting} one="# request waits for you" other="# requests wait for you" />
      }
    >
      <QueryState query={pending} lines={10}>
        {({ items, total }) => <Inbox queue={queueOf(items)} open={requestId} more={(total ?? 0) - items.length} />}
      </QueryState>
    </Page>
  )
}

interface InboxProps {
  queue: Rows<LersRequest>
  open: string | undefined
  /** Waiting requests that did not come with the first page. */
  more: number
}

function Inbox({ queue, open, more }: InboxProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const wide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const go = (id: string, replace = false) => navigate({ to: `/approvals/${id}` as string, replace })
  const step = (by: 1 | -1) => {
    const found = neighbour(queue, open, by)
    return found ? void go(found.id) : false
  }
  useKeys(
    {
      j: { run: () => step(1), label: t`Next request` },
      k: { run: () => step(-1), label: t`Request before` },
    },
    { scope: t`Approval` },
  )
  // On a wide screen there is room for the first request: an empty middle would say nothing.
  const first = !open && wide ? queue.mine[0]?.id : undefined
  useEffect(() => {
    if (first) void navigate({ to: `/approvals/${first}` as string, replace: true })
  }, [first, navigate])
  if (!open && queue.mine.length + queue.others.length === 0) return <Nothing />
  return (
    <div className={clsx(css.inbox, open && css.withRequest)}>
      <div className={css.side}>
        <Queue queue={queue} open={open} />
        {more > 0 && (
          <p className={css.nothing}>
            <Plural value={more} one="# more waits behind these." other="# more wait behind these." />
          </p>
        )}
      </div>
      {open ? (
        <OpenRequest key={open} id={open} next={nextMine(queue, open)} />
      ) : (
        <Panel className={css.placeholder}>
          <EmptyState icon={<IconChecks size={22} stroke={1.6} />} title={<Trans>Nothing waits for you</Trans>}>
            <Trans>Choose a request on the left to see how it stands.</Trans>
          </EmptyState>
        </Panel>
      )}
    </div>
  )
}

const nextMine = (queue: Rows<LersRequest>, open: string) => queue.mine.find(({ id }) => id !== open) ?? null

function Nothing() {
  return (
    <Panel>
      <EmptyState
        icon={<IconChecks size={22} stroke={1.6} />}
        title={<Trans>Nothing waits for your approval</Trans>}
        action={
          <Button component={Link} to={'/requests' as string} variant="default">
            <Trans>All requests of the unit</Trans>
          </Button>
        }
      >
        <Trans>When an officer sends a request for approval, it stands here, and you are told.</Trans>
      </EmptyState>
    </Panel>
  )
}
