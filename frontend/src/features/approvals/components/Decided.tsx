/** After a decision: what stands now, with its verdict, and the way on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { type ReactNode, useEffect, useRef } from 'react'
import { useMe } from '~/auth/index.ts'
import { fingerprintShort, readApprovalStatement } from '~/crypto/index.ts'
import { approvalsQuery, type LersRequest } from '~/features/requests/index.ts'
import { Hash, Panel, Person, QueryState, StatusBadge, Time } from '~/ui/index.ts'
import type { Approval } from '../route.ts'
import { Checks, VerdictBadge } from './Checks.tsx'
import css from './sign.module.css'

interface DecidedProps {
  request: LersRequest
  /** The next request of the queue; none when it is empty. */
  next: { id: string; request_number: string } | null
}

export function Decided({ request, next }: DecidedProps) {
  const { t } = useLingui()
  const me = useMe()
  const heading = useRef<HTMLHeadingElement>(null)
  const approvals = useQuery(approvalsQuery(request.id))
  useEffect(() => heading.current?.focus(), [])
  return (
    <Panel className={css.panel}>
      <div className={css.stack} role="status">
        <h2 className={css.done} ref={heading} tabIndex={-1}>
          <DecidedTitle request={request} />
        </h2>
        <p className={css.row}>
          <span>{request.request_number}</span>
          <StatusBadge status={request.status} />
        </p>
        <QueryState query={approvals} lines={4}>
          {({ items }) => {
            const mine = items.filter(({ approver }) => approver.id === me.id).at(-1)
            return mine ? <Verdict approval={mine} /> : null
          }}
        </QueryState>
        <div className={clsx(css.actions, css.reach)}>
          {next ? (
            <Button component={Link} className={css.approve} to={`/approvals/${next.id}` as string}>
              {t`Next: ${next.request_number}`}
            </Button>
          ) : (
            <Button component={Link} className={css.approve} to={'/approvals' as string}>
              <Trans>Back to the queue</Trans>
            </Button>
          )}
          <Button component={Link} variant="default" to={`/requests/${request.id}/certificate` as string}>
            <Trans>Certificate</Trans>
          </Button>
          <Button component={Link} variant="default" to={`/requests/${request.id}` as string}>
            <Trans>Open the request</Trans>
          </Button>
        </div>
      </div>
    </Panel>
  )
}

function DecidedTitle({ request }: { request: LersRequest }): ReactNode {
  const waiting = request.approval_route?.find(({ given }) => !given)
  switch (request.status) {
    case 'PENDING_APPROVAL':
      return waiting ? (
        <Trans>
          Your level is given. Level {waiting.level} ({waiting.min_rank}) comes next.
        </Trans>
      ) : (
        <Trans>Your level is given.</Trans>
      )
    case 'SUBMITTED':
      return <Trans>Approved, and submitted to {request.provider_tenant.name}.</Trans>
    case 'APPROVED':
      return <Trans>Approved. The officer can submit it now.</Trans>
    case 'REJECTED':
      return <Trans>Rejected. The officer has been told.</Trans>
    case 'DRAFT':
      return <Trans>Sent back to the officer for changes.</Trans>
    default:
      return <Trans>Your decision has been taken.</Trans>
  }
}

function Verdict({ approval }: { approval: Approval }) {
  const said = readApprovalStatement(approval.statement)
  return (
    <div className={css.verdict}>
      <p className={css.row}>
        <VerdictBadge approval={approval} />
        <span>
          <Person person={approval.approver} />, <Time at={approval.action_timestamp} style="datetime" />
        </span>
      </p>
      {approval.signature && (
        <p className={css.small}>
          <Trans>Signed with the key {fingerprintShort(approval.signature.fingerprint)}.</Trans>
        </p>
      )}
      <Checks approval={approval} />
      <p className={css.small}>
        <span className={css.dim}>
          <Trans>Statement, SHA-256</Trans>
        </span>{' '}
        <Hash value={approval.signature_hash} />
      </p>
      {said && (
        <p className={css.small}>
          <span className={css.dim}>
            <Trans>Content of the request</Trans>
          </span>{' '}
          <Hash value={said.content_hash} />
        </p>
      )}
    </div>
  )
}
