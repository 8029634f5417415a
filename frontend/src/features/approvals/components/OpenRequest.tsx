/** One request as its approver sees it: the request, the mandate, what changed, and the decision. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { approvalsQuery, type LersRequest, RequestFacts, requestQuery } from '~/features/requests/index.ts'
import { ErrorState, Loading, Panel } from '~/ui/index.ts'
import { levelsOf } from '../route.ts'
import { ApprovalsList } from './ApprovalsList.tsx'
import { ChangesPanel } from './ChangesPanel.tsx'
import { Decided } from './Decided.tsx'
import css from './inbox.module.css'
import { Levels } from './Levels.tsx'
import { MandatePanel } from './MandatePanel.tsx'
import { RequestHead } from './RequestHead.tsx'
import { SignPanel } from './SignPanel.tsx'

interface OpenRequestProps {
  id: string
  next: { id: string; request_number: string } | null
}

export function OpenRequest({ id, next }: OpenRequestProps) {
  const request = useQuery(requestQuery(id))
  const [decided, setDecided] = useState<LersRequest | null>(null)
  if (request.error && !request.data) return <ErrorState error={request.error} retry={() => void request.refetch()} />
  if (!request.data) return <Loading lines={12} />
  return (
    <>
      <div className={css.content}>
        <RequestHead request={request.data} />
        {!decided && <ChangesPanel request={request.data} />}
        <RequestFacts request={request.data} />
        <MandatePanel request={request.data} />
      </div>
      <div className={css.decision}>
        <Route request={request.data} />
        {decided ? (
          <Decided request={decided} next={next} />
        ) : (
          <SignPanel key={request.data.version} request={request.data} onDecided={setDecided} />
        )}
        <Earlier request={request.data} />
      </div>
    </>
  )
}

function Route({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const approvals = useQuery(approvalsQuery(request.id))
  const levels = levelsOf(request.approval_route, approvals.data?.items ?? [])
  // One level that waits says nothing that the page does not say already.
  if (levels.length < 2) return null
  return (
    <Panel title={t`Levels of approval`}>
      <Levels levels={levels} />
    </Panel>
  )
}

function Earlier({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const approvals = useQuery(approvalsQuery(request.id))
  if (!approvals.data?.items.length) return null
  return (
    <Panel title={t`Decisions so far`}>
      <ApprovalsList requestId={request.id} />
    </Panel>
  )
}
