/** Answering a request: written here, checked, signed and sent. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { type LersRequest, requestQuery } from '~/features/requests/index.ts'
import { type LersResponse, ResponsesList, responsesOfRequestQuery } from '~/features/review/index.ts'
import { ErrorState, Loading, Page, Panel, StatusBadge } from '~/ui/index.ts'
import { Writing } from '../components/Writing.tsx'
import type { Sent } from '../queries.ts'

const SentView = lazy(async () => ({ default: (await import('../components/SentView.tsx')).SentView }))

export default function RespondPage() {
  const { t } = useLingui()
  const { requestId } = useParams({ strict: false }) as { requestId: string }
  const request = useQuery(requestQuery(requestId))
  const responses = useQuery(responsesOfRequestQuery(requestId))
  if (request.data && responses.data)
    return <Respond key={requestId} request={request.data} responses={responses.data.items} />
  const failed = [request, responses].find(({ error }) => error)
  return (
    <Page title={t`Respond`}>
      <Panel>
        {failed ? <ErrorState error={failed.error} retry={() => void failed.refetch()} /> : <Loading lines={12} />}
      </Panel>
    </Page>
  )
}

interface RespondProps {
  request: LersRequest
  responses: readonly LersResponse[]
}

function Respond({ request, responses }: RespondProps) {
  const [sent, setSent] = useState<Sent | null>(null)
  if (sent) {
    return (
      <Suspense fallback={<Loading lines={12} />}>
        <SentView response={sent} />
      </Suspense>
    )
  }
  if (!request.abilities.respond) return <Closed request={request} />
  return <Writing request={request} responses={responses} onSent={setSent} />
}

/** Nothing can be sent now: what was sent is here, and where to go on. */
function Closed({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  return (
    <Page
      title={t`Respond to ${request.request_number}`}
      lead={
        <>
          <StatusBadge status={request.status} />{' '}
          {request.status === 'RESPONSE_UPLOADED' || request.status === 'COMPLETED' ? (
            <Trans>The last response has been sent. Another one is possible if the officer rejects it.</Trans>
          ) : (
            <Trans>
              A response can be sent while the request is in progress, by those who may answer for the company.
            </Trans>
          )}
        </>
      }
      actions={
        <Button variant="default" component={Link} to={`/requests/${request.id}` as string}>
          <Trans>To the request</Trans>
        </Button>
      }
      narrow
    >
      <Panel title={t`Responses sent`}>
        <ResponsesList requestId={request.id} />
      </Panel>
    </Page>
  )
}
