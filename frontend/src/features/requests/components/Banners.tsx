/** What a reader must know before all else: why it was sent back or ended, and what waits for an answer. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import { formatDateTime, useTerm } from '~/i18n/index.ts'
import { approvalsQuery, type LersRequest, slaQuery } from '../queries.ts'
import { openMatters } from '../steps.ts'
import css from './banner.module.css'
import { DraftProblems } from './DraftProblems.tsx'

function Banner({ tone, title, children }: { tone: 'warn' | 'bad' | 'info'; title: ReactNode; children?: ReactNode }) {
  return (
    <section className={clsx(css.banner, css[tone])}>
      <h2 className={css.title}>{title}</h2>
      {children}
    </section>
  )
}

export function Banners({ request }: { request: LersRequest }) {
  const { abilities, status } = request
  return (
    <>
      {status === 'DRAFT' && request.first_sent_for_approval_at && <SentBack request={request} />}
      {status === 'DRAFT' && abilities.update && ((request.problems?.length ?? 0) > 0 || request.warnings?.length) ? (
        <Banner tone="info" title={<Trans>Before it can be sent</Trans>}>
          <DraftProblems request={request} />
        </Banner>
      ) : null}
      {(status === 'REJECTED' || status === 'CANCELLED') && <Ended request={request} />}
      {request.submitted_at && !request.closed_at && <Waiting request={request} />}
    </>
  )
}

function SentBack({ request }: { request: LersRequest }) {
  const approvals = useQuery(approvalsQuery(request.id))
  const last = approvals.data?.items.findLast(({ action }) => action === 'REQUEST_CHANGES')
  if (!last) return null
  return (
    <Banner tone="warn" title={<Trans>{last.approver.name} asked for changes</Trans>}>
      <p className={css.text}>{last.comments}</p>
      <p className={css.when}>{formatDateTime(last.action_timestamp)}</p>
    </Banner>
  )
}

function Ended({ request }: { request: LersRequest }) {
  const term = useTerm()
  const { rejection_reason: reason, rejection_reason_code: code, closed_at } = request
  if (!reason && !code) return null
  const declined = request.status === 'REJECTED' && Boolean(request.submitted_at)
  return (
    <Banner
      tone={request.status === 'REJECTED' ? 'bad' : 'info'}
      title={
        declined ? (
          <Trans>Declined by {request.provider_tenant.name}</Trans>
        ) : request.status === 'REJECTED' ? (
          <Trans>Rejected</Trans>
        ) : request.first_sent_for_approval_at ? (
          <Trans>Withdrawn</Trans>
        ) : (
          <Trans>Cancelled</Trans>
        )
      }
    >
      {code && <p className={css.text}>{term('reasonCode', code)}</p>}
      {reason && <p className={css.text}>{reason}</p>}
      {closed_at && <p className={css.when}>{formatDateTime(closed_at)}</p>}
    </Banner>
  )
}

function Waiting({ request }: { request: LersRequest }) {
  const { data: sla } = useQuery(slaQuery(request.id))
  const open = openMatters(sla, undefined)
  const wish = open.extensionAsked ? sla?.extensions.findLast(({ granted }) => granted == null) : undefined
  return (
    <>
      {open.challenged && (
        <Banner tone="warn" title={<Trans>{request.provider_tenant.name} doubts that the request is genuine</Trans>}>
          <p className={css.text}>
            <Trans>
              The clock stands still until the unit's administrator, or the platform's, has spoken to the officer and
              confirmed it.
            </Trans>
          </p>
        </Banner>
      )}
      {wish && (
        <Banner tone="info" title={<Trans>{request.provider_tenant.name} asks for more time</Trans>}>
          <p className={css.text}>{wish.reason}</p>
          <p className={css.when}>{formatDateTime(wish.asked_at)}</p>
        </Banner>
      )}
    </>
  )
}
