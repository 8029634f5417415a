/** One response under review: is it what was sent, is it what was asked, and what the officer decides. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { type LersRequest, requestQuery } from '~/features/requests/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { ErrorState, Loading, Page, Panel, ResponseBadge, Time } from '~/ui/index.ts'
import { AcceptDialog } from '../components/AcceptDialog.tsx'
import { AnswerPanel } from '../components/AnswerPanel.tsx'
import { AskedPanel } from '../components/AskedPanel.tsx'
import { DecisionBlock } from '../components/DecisionBlock.tsx'
import { FilesPanel } from '../components/FilesPanel.tsx'
import { PartBadge } from '../components/PartBadge.tsx'
import { RatePanel } from '../components/RatePanel.tsx'
import { RejectDialog } from '../components/RejectDialog.tsx'
import { ResponsesList } from '../components/ResponsesList.tsx'
import css from '../components/review.module.css'
import { SignatureFacts } from '../components/SignatureFacts.tsx'
import { VerificationPanel } from '../components/VerificationPanel.tsx'
import { partPlace } from '../parts.ts'
import { type LersResponse, responseQuery, responsesOfRequestQuery } from '../queries.ts'
import { useVerification, type Verification } from '../use-verification.ts'

export default function ReviewPage() {
  const { t } = useLingui()
  const { responseId } = useParams({ strict: false }) as { responseId: string }
  const response = useQuery(responseQuery(responseId))
  const request = useQuery({
    ...requestQuery(response.data?.request_id ?? ''),
    enabled: response.data !== undefined,
  })
  if (response.data && request.data) return <Review key={responseId} response={response.data} request={request.data} />
  const failed = [response, request].find(({ error }) => error)
  return (
    <Page title={t`Response`}>
      <Panel>
        {failed ? <ErrorState error={failed.error} retry={() => void failed.refetch()} /> : <Loading lines={12} />}
      </Panel>
    </Page>
  )
}

interface ReviewProps {
  response: LersResponse
  request: LersRequest
}

type Dialog = 'accept' | 'reject' | null

function Review({ response, request }: ReviewProps) {
  const { t } = useLingui()
  const { navigate } = useRouter()
  const verification = useVerification(response)
  const [dialog, setDialog] = useState<Dialog>(null)
  const bad = verification.judgement === 'bad'
  const { accept, reject, rate } = response.abilities
  const open = (wanted: Dialog, allowed: boolean) => (allowed ? setDialog(wanted) : false)
  useKeys(
    {
      v: { run: verification.start, label: t`Verify the files` },
      a: { run: () => open('accept', accept && !bad), label: t`Accept` },
      r: { run: () => open('reject', reject), label: t`Reject` },
    },
    { scope: t`Response` },
  )
  return (
    <Page
      title={response.response_number}
      lead={<Lead response={response} />}
      actions={<Actions response={response} bad={bad} onOpen={setDialog} />}
    >
      <DecisionBlock response={response} request={request} bad={bad} />
      <div className={css.layout}>
        <Main response={response} request={request} verification={verification} />
        <div className={css.aside}>
          <AskedPanel response={response} request={request} />
          {rate && <RatePanel key={response.rated_at} response={response} />}
          <Chain response={response} />
        </div>
      </div>
      <AcceptDialog
        response={response}
        verification={verification}
        opened={dialog === 'accept'}
        onClose={() => setDialog(null)}
        onAccepted={() => {
          notifications.show({ message: t`Accepted: ${response.response_number}` })
          void navigate({ to: `/responses/${response.id}/receipt` as string })
        }}
      />
      <RejectDialog
        response={response}
        request={request}
        opened={dialog === 'reject'}
        onClose={() => setDialog(null)}
        onRejected={() => {
          setDialog(null)
          notifications.show({ message: t`Rejected: ${response.response_number}` })
        }}
      />
    </Page>
  )
}

function Main({ response, request, verification }: ReviewProps & { verification: Verification }) {
  return (
    <div className={css.main}>
      <VerificationPanel verification={verification} />
      <AnswerPanel response={response} identifiers={request.identifiers ?? []} />
      <FilesPanel response={response} />
      <SignatureFacts response={response} verification={verification} />
    </div>
  )
}

function Lead({ response }: { response: LersResponse }) {
  const chain = useQuery(responsesOfRequestQuery(response.request_id))
  return (
    <span className={css.lead}>
      <ResponseBadge status={response.status} />
      <PartBadge partial={response.is_partial} place={partPlace(response.id, chain.data?.items ?? [response])} />
      <span>
        <Trans>from {response.provider_tenant.name},</Trans> <Time at={response.submitted_at} style="datetime" />
      </span>
      <span>
        <Trans>for</Trans>{' '}
        <Anchor component={Link} to={`/requests/${response.request_id}` as string} inherit>
          {response.request_number}
        </Anchor>
      </span>
    </span>
  )
}

interface ActionsProps {
  response: LersResponse
  bad: boolean
  onOpen: (dialog: Dialog) => void
}

function Actions({ response, bad, onOpen }: ActionsProps) {
  const { accept, reject } = response.abilities
  return (
    <>
      {response.status === 'ACCEPTED' && (
        <Button component={Link} to={`/responses/${response.id}/receipt` as string} variant="default">
          <Trans>Receipt</Trans>
        </Button>
      )}
      {reject && (
        <Button variant="default" onClick={() => onOpen('reject')} rightSection={<Keys keys="r" />}>
          <Trans>Reject</Trans>
        </Button>
      )}
      {accept && (
        <Button disabled={bad} onClick={() => onOpen('accept')} rightSection={<Keys keys="a" />}>
          <Trans>Accept</Trans>
        </Button>
      )}
    </>
  )
}

/** The other responses to the same request; nothing where this is the only one. */
function Chain({ response }: { response: LersResponse }) {
  const { t } = useLingui()
  const chain = useQuery(responsesOfRequestQuery(response.request_id))
  if ((chain.data?.items.length ?? 0) < 2) return null
  return (
    <Panel title={t`All responses to this request`} flush>
      <div className={css.chainBox}>
        <ResponsesList requestId={response.request_id} current={response.id} />
      </div>
    </Panel>
  )
}
