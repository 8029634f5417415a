/** What has to happen next, by whom, in a sentence. */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { LersRequest } from '../queries.ts'
import type { Step } from '../steps.ts'

interface NextStepProps {
  request: LersRequest
  /** The step that this reader may take now: then it is their turn. */
  mine: Step | null
}

export function NextStep({ request, mine }: NextStepProps) {
  const own = mine && OWN[mine]
  return <>{own ? own(request) : waiting(request)}</>
}

const OWN: Partial<Record<Step, (request: LersRequest) => ReactNode>> = {
  update: ({ problems }) =>
    problems?.length ? (
      <Trans>Your turn: complete the draft, then send it for approval.</Trans>
    ) : (
      <Trans>Your turn: check the draft and send it for approval.</Trans>
    ),
  submit_for_approval: () => <Trans>Your turn: send the draft for approval.</Trans>,
  submit: ({ provider_tenant }) => <Trans>Your turn: it is approved, submit it to {provider_tenant.name}.</Trans>,
  approve: () => <Trans>Your turn: read the request and approve it, ask for changes, or reject it.</Trans>,
  acknowledge: () => <Trans>Your turn: acknowledge that it has arrived.</Trans>,
  start: () => <Trans>Your turn: start the work. Then a response can be uploaded.</Trans>,
  respond: ({ sla_paused_at }) =>
    sla_paused_at ? (
      <Trans>The clock stands still until your question is answered. You may respond all the same.</Trans>
    ) : (
      <Trans>Your turn: upload the response.</Trans>
    ),
  review_response: () => <Trans>Your turn: review the response, and accept or reject it.</Trans>,
  answer: ({ provider_tenant }) => (
    <Trans>
      Your turn: answer the question of {provider_tenant.name} in the chat. Until then the clock stands still.
    </Trans>
  ),
  complete: () => <Trans>Your turn: mark the request as completed once nothing more is to come.</Trans>,
  grant_extension: ({ provider_tenant }) => <Trans>Your turn: {provider_tenant.name} asks for more time.</Trans>,
  confirm_challenge: ({ provider_tenant }) => (
    <Trans>
      Your turn: {provider_tenant.name} doubts that the request is genuine. Speak to the officer, then confirm it.
    </Trans>
  ),
}

function waiting(request: LersRequest): ReactNode {
  const provider = request.provider_tenant.name
  const officer = request.created_by?.name ?? request.agency_tenant.name
  switch (request.status) {
    case 'DRAFT':
      return <Trans>{officer} completes the draft and sends it for approval.</Trans>
    case 'PENDING_APPROVAL':
      return <Approver request={request} />
    case 'APPROVED':
      return (
        <Trans>
          {officer} submits it to {provider}.
        </Trans>
      )
    case 'SUBMITTED':
      return <Trans>{provider} acknowledges that it has arrived.</Trans>
    case 'ACKNOWLEDGED':
      return <Trans>{provider} starts the work.</Trans>
    case 'IN_PROGRESS':
      return request.sla_paused_at ? (
        <Trans>The clock stands still until the question in the chat is answered.</Trans>
      ) : (
        <Trans>{provider} uploads the response.</Trans>
      )
    case 'RESPONSE_UPLOADED':
      return (
        <Trans>
          {officer} reviews the response; {provider} marks the request as completed.
        </Trans>
      )
    case 'COMPLETED':
      return <Trans>Nothing: the request is completed.</Trans>
    case 'REJECTED':
      return <Trans>Nothing: the request was rejected.</Trans>
    case 'CANCELLED':
      return request.first_sent_for_approval_at ? (
        <Trans>Nothing: the request was withdrawn.</Trans>
      ) : (
        <Trans>Nothing: the draft was cancelled.</Trans>
      )
  }
}

function Approver({ request }: { request: LersRequest }) {
  const level = request.approval_route?.find(({ given }) => !given)
  if (!level) return <Trans>An approver of the unit decides.</Trans>
  return (
    <Trans>
      Level {level.level} decides: an approver of rank {level.min_rank} or above.
    </Trans>
  )
}
