/** The queue on the left: what waits for the approver first, then what waits for others. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { PriorityBadge, Time } from '~/ui/index.ts'
import type { Queue as Rows } from '../queue.ts'
import css from './inbox.module.css'

interface QueueProps {
  queue: Rows<LersRequest>
  open: string | undefined
}

export function Queue({ queue, open }: QueueProps) {
  const { t } = useLingui()
  return (
    <nav className={css.queue} aria-label={t`Requests that wait for approval`}>
      <Part title={t`For you`} rows={queue.mine} open={open}>
        <Trans>Nothing waits for you.</Trans>
      </Part>
      {queue.others.length > 0 && <Part title={t`For others`} rows={queue.others} open={open} />}
    </nav>
  )
}

interface PartProps {
  title: string
  rows: readonly LersRequest[]
  open: string | undefined
  children?: React.ReactNode
}

function Part({ title, rows, open, children }: PartProps) {
  return (
    <section>
      <h2 className={css.part}>
        {title} <span className={css.count}>{rows.length}</span>
      </h2>
      {rows.length === 0 ? (
        <p className={css.nothing}>{children}</p>
      ) : (
        <ul className={css.rows}>
          {rows.map((request) => (
            <Row key={request.id} request={request} open={request.id === open} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ request, open }: { request: LersRequest; open: boolean }) {
  const term = useTerm()
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (open) link.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  const next = request.approval_route?.find(({ given }) => !given)
  return (
    <li>
      <Link
        ref={link}
        to={`/approvals/${request.id}` as string}
        className={css.item}
        aria-current={open ? 'page' : undefined}
      >
        <span className={css.number}>{request.request_number}</span>
        <span className={css.what}>
          {term('requestType', request.request_type)} · {request.provider_tenant.name}
        </span>
        <span className={css.itemFoot}>
          <PriorityBadge priority={request.priority} />
          <span>{request.created_by?.name}</span>
          {next && (request.approval_route?.length ?? 0) > 1 && (
            <span>
              <Trans>
                level {next.level}, {next.min_rank}
              </Trans>
            </span>
          )}
          <Time at={request.first_sent_for_approval_at ?? request.updated_at} />
        </span>
      </Link>
    </li>
  )
}
