/** What has been decided, or what stands in the way of a decision. */
import { Trans } from '@lingui/react/macro'
import { IconCircleCheck, IconCircleX, IconInfoCircle, IconShieldX } from '@tabler/icons-react'
import clsx from 'clsx'
import type { LersRequest } from '~/features/requests/index.ts'
import { Person, Time } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import { Checklist } from './Checklist.tsx'
import css from './decision.module.css'
import tones from './tones.module.css'

interface DecisionBlockProps {
  response: LersResponse
  request: LersRequest
  bad: boolean
}

export function DecisionBlock({ response, request, bad }: DecisionBlockProps) {
  return (
    <>
      {bad && <Altered accepting={response.abilities.accept} />}
      {response.decided_at && <Decided response={response} />}
      {!response.decided_at && !response.abilities.accept && <NotYours request={request} />}
    </>
  )
}

function Altered({ accepting }: { accepting: boolean }) {
  return (
    <div className={clsx(css.block, tones.bad)} role="alert">
      <IconShieldX size={22} stroke={1.8} aria-hidden className={css.icon} />
      <div className={css.text}>
        <p className={css.title}>
          <Trans>This response is not what was sent</Trans>
        </p>
        <p>
          {accepting ? (
            <Trans>
              A seal, a signature or a file does not fit. It cannot be accepted: LERS keeps no reason with which an
              altered response could stand as evidence. Reject it and let the provider send it again, and tell the
              administrators what you see here.
            </Trans>
          ) : (
            <Trans>
              A seal, a signature or a file does not fit. Do not use it as evidence, and tell the administrators what
              you see here.
            </Trans>
          )}
        </p>
      </div>
    </div>
  )
}

function Decided({ response }: { response: LersResponse }) {
  const { decided_by: person, decided_at: at, rejection_reason: reason } = response
  const accepted = response.status === 'ACCEPTED'
  const Icon = accepted ? IconCircleCheck : IconCircleX
  return (
    <div className={clsx(css.block, accepted ? tones.good : tones.bad)} role="status">
      <Icon size={22} stroke={1.8} aria-hidden className={css.icon} />
      <div className={css.text}>
        <p className={css.title}>
          {accepted ? <Trans>Accepted</Trans> : <Trans>Rejected</Trans>}{' '}
          <span className={css.who}>
            <Person person={person} />, <Time at={at} style="datetime" />
          </span>
        </p>
        {reason && <Checklist reason={reason} />}
      </div>
    </div>
  )
}

function NotYours({ request }: { request: LersRequest }) {
  const officer = request.created_by?.name
  return (
    <div className={clsx(css.block, css.plain, tones.info)}>
      <IconInfoCircle size={22} stroke={1.8} aria-hidden className={css.icon} />
      <p className={css.note}>
        {officer ? (
          <Trans>{officer} made the request and decides on this response. You can read and verify it.</Trans>
        ) : (
          <Trans>The officer who made the request decides on this response. You can read and verify it.</Trans>
        )}
      </p>
    </div>
  )
}
