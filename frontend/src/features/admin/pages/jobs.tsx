import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Tone } from '~/domain/status.ts'
import { formatDuration, formatExact, formatNumber } from '~/i18n/index.ts'
import { CopyText, EmptyState, ErrorSummary, Page, Panel, problemsOf, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import css from '../components/admin.module.css'
import { type Cell, Table } from '../components/Table.tsx'
import { type JobBoard, jobsQuery, useRetryJob } from '../operations.ts'
import { rhythmOf } from '../rhythm.ts'
import { JOB_STATES, PERIODIC, QUEUES, WORKER_STATES, wordOf } from '../words.ts'

const FIRST_FAILURES = 8
/** Where all jobs are: the part of their names that says nothing. */
const TASKS = /^lers_jobs\.tasks\./
const JOB_TONE: Record<string, Tone> = { FINISHED: 'good', FAILED: 'bad', STARTED: 'info' }

export default function JobsPage() {
  const { t } = useLingui()
  const query = useQuery(jobsQuery)
  return (
    <Page
      title={t`Background jobs`}
      lead={query.data && <Trans>As of {formatExact(query.data.checked_at)}. Looked at anew every 15 seconds.</Trans>}
    >
      {query.data && Boolean(query.error) && <ErrorSummary problems={problemsOf(query.error)} focus={false} />}
      <QueryState query={query} lines={10}>
        {(board) => (
          <>
            <Queues board={board} />
            <Failed board={board} />
            <Periodic board={board} />
            <Workers board={board} />
          </>
        )}
      </QueryState>
    </Page>
  )
}

function Failed({ board }: { board: JobBoard }) {
  const { t, i18n } = useLingui()
  const retry = useRetryJob()
  const [all, setAll] = useState(false)
  const shown = all ? board.failed : board.failed.slice(0, FIRST_FAILURES)
  const hidden = board.failed.length - shown.length
  return (
    <Panel
      title={<Trans>Failed jobs</Trans>}
      note={<Trans>The newest 50. Jobs may be tried again without harm; the trail notes it.</Trans>}
      flush
    >
      <ErrorSummary problems={retry.error ? problemsOf(retry.error) : []} />
      <p className="l-visually-hidden" role="status">
        {retry.isSuccess && <Trans>The job waits in its queue again.</Trans>}
      </p>
      {board.failed.length === 0 ? (
        <EmptyState icon={<IconCircleCheck size={22} stroke={1.6} />} title={<Trans>No job has failed</Trans>} />
      ) : (
        <Table
          label={t`Failed jobs`}
          rows={shown}
          keyOf={(job) => job.id}
          columns={[
            {
              label: t`Job`,
              cell: (job) => (
                <span className={css.two}>
                  <span className={css.strong}>{job.function?.replace(TASKS, '') ?? '–'}</span>
                  <CopyText value={job.id} label={job.id.length > 24 ? `${job.id.slice(0, 24)}…` : job.id} />
                </span>
              ),
            },
            { label: t`Queue`, cell: (job) => wordOf(QUEUES, i18n, job.queue) },
            { label: t`Failed`, cell: (job) => <Time at={job.failed_at} /> },
            { label: t`Error`, cell: (job) => <span className={css.code}>{job.error ?? '–'}</span> },
            {
              label: t`Actions`,
              kind: 'act',
              cell: (job) => (
                <Button
                  size="xs"
                  variant="default"
                  loading={retry.isPending && retry.variables === job.id}
                  onClick={() => retry.mutate(job.id)}
                >
                  <Trans>Try again</Trans>
                </Button>
              ),
            },
          ]}
        />
      )}
      {hidden > 0 && (
        <p className={css.more}>
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            <Plural value={hidden} one="Show # more" other="Show # more" />
          </Button>
        </p>
      )}
    </Panel>
  )
}

function Queues({ board }: { board: JobBoard }) {
  const { t, i18n } = useLingui()
  type Queue = JobBoard['queues'][number]
  const count = (label: string, name: 'queued' | 'started' | 'scheduled' | 'deferred' | 'failed'): Cell<Queue> => ({
    label,
    kind: 'figure',
    cell: (queue) => formatNumber(queue[name]),
  })
  return (
    <Panel title={<Trans>Queues</Trans>} flush>
      <Table
        label={t`Queues`}
        rows={board.queues}
        keyOf={(queue) => queue.name}
        columns={[
          {
            label: t`Queue`,
            cell: ({ name }) => (
              <>
                {wordOf(QUEUES, i18n, name)} <span className={css.code}>{name}</span>
              </>
            ),
          },
          count(t`Waiting`, 'queued'),
          count(t`Running`, 'started'),
          count(t`Planned`, 'scheduled'),
          count(t`Wait for another`, 'deferred'),
          count(t`Failed`, 'failed'),
          {
            label: t`Oldest waits`,
            kind: 'figure',
            cell: ({ oldest_waiting_seconds: seconds }) =>
              seconds === null || seconds === undefined ? '–' : formatDuration(seconds),
          },
        ]}
      />
    </Panel>
  )
}

function Periodic({ board }: { board: JobBoard }) {
  const { t, i18n } = useLingui()
  return (
    <Panel title={<Trans>Periodic jobs</Trans>} flush>
      <Table
        label={t`Periodic jobs`}
        rows={board.periodic}
        keyOf={(job) => job.id}
        columns={[
          {
            label: t`Job`,
            cell: ({ name }) => (
              <span className={css.two}>
                <span className={css.strong}>{wordOf(PERIODIC, i18n, name)}</span>
                <span className={css.code}>{name}</span>
              </span>
            ),
          },
          { label: t`How often`, cell: (job) => <Rhythm job={job} /> },
          {
            label: t`Last time`,
            cell: (job) =>
              job.last_run_at ? (
                <span className={css.badges}>
                  <Time at={job.last_run_at} />
                  {job.last_state && (
                    <ToneBadge tone={JOB_TONE[job.last_state] ?? 'quiet'}>
                      {wordOf(JOB_STATES, i18n, job.last_state)}
                    </ToneBadge>
                  )}
                </span>
              ) : (
                <span className={css.dim}>
                  <Trans>Not since the start</Trans>
                </span>
              ),
          },
          { label: t`Next time`, cell: (job) => <Time at={job.next_run_at} /> },
        ]}
      />
    </Panel>
  )
}

function Rhythm({ job }: { job: JobBoard['periodic'][number] }) {
  const rhythm = rhythmOf(job)
  if (rhythm.kind === 'every') {
    const { seconds } = rhythm
    return seconds < 60 ? <Trans>every {seconds} seconds</Trans> : <Trans>every {formatDuration(seconds)}</Trans>
  }
  if (rhythm.kind === 'daily') return <Trans>daily at {rhythm.time} IST</Trans>
  return <span className={css.code}>{rhythm.text}</span>
}

function Workers({ board }: { board: JobBoard }) {
  const { t, i18n } = useLingui()
  return (
    <Panel title={<Trans>Workers</Trans>} flush>
      {board.workers.length === 0 ? (
        <EmptyState title={<Trans>No worker is running</Trans>}>
          <Trans>Jobs wait in their queues until one is started.</Trans>
        </EmptyState>
      ) : (
        <Table
          label={t`Workers`}
          rows={board.workers}
          keyOf={(worker) => worker.name}
          columns={[
            { label: t`Worker`, cell: ({ name }) => <span className={css.code}>{name.slice(0, 12)}</span> },
            {
              label: t`State`,
              cell: ({ state }) => (
                <ToneBadge tone={state === 'BUSY' ? 'info' : 'good'} dot>
                  {wordOf(WORKER_STATES, i18n, state)}
                </ToneBadge>
              ),
            },
            { label: t`Queues`, cell: ({ queues }) => queues.map((name) => wordOf(QUEUES, i18n, name)).join(', ') },
            { label: t`Jobs done`, kind: 'figure', cell: (worker) => formatNumber(worker.jobs_done) },
            { label: t`Failed`, kind: 'figure', cell: (worker) => formatNumber(worker.jobs_failed) },
            { label: t`Running since`, cell: (worker) => <Time at={worker.started_at} /> },
            { label: t`Last sign of life`, cell: (worker) => <Time at={worker.last_heartbeat_at} /> },
          ]}
        />
      )}
    </Panel>
  )
}
