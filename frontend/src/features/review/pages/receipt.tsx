/** The receipt of an accepted response: for the case file and the court, on A4, with every hash in full. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type LersRequest, requestQuery } from '~/features/requests/index.ts'
import { EmptyState, ErrorState, Loading, Page, Panel } from '~/ui/index.ts'
import { ReceiptPaper } from '../components/ReceiptPaper.tsx'
import { SaveManifest } from '../components/SaveManifest.tsx'
import { type LersResponse, manifestQuery, responseQuery } from '../queries.ts'

export default function ReceiptPage() {
  const { t } = useLingui()
  const { responseId } = useParams({ strict: false }) as { responseId: string }
  const response = useQuery(responseQuery(responseId))
  const request = useQuery({ ...requestQuery(response.data?.request_id ?? ''), enabled: response.data !== undefined })
  if (response.data && response.data.status !== 'ACCEPTED') return <NoReceipt response={response.data} />
  if (response.data && request.data) return <Receipt response={response.data} request={request.data} />
  const failed = [response, request].find(({ error }) => error)
  return (
    <Page title={t`Receipt`} narrow>
      <Panel>
        {failed ? <ErrorState error={failed.error} retry={() => void failed.refetch()} /> : <Loading lines={12} />}
      </Panel>
    </Page>
  )
}

interface ReceiptProps {
  response: LersResponse
  request: LersRequest
}

function Receipt({ response, request }: ReceiptProps) {
  const { t } = useLingui()
  const kept = useQuery(manifestQuery(response.id))
  return (
    <Page
      title={t`Receipt of ${response.response_number}`}
      narrow
      actions={
        <>
          {kept.data && <SaveManifest kept={kept.data} />}
          <Button size="xs" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            <Trans>Print</Trans>
          </Button>
        </>
      }
      lead={
        <span className="l-no-print">
          <Anchor component={Link} to={`/responses/${response.id}` as string} inherit>
            <Trans>Back to the response</Trans>
          </Anchor>
        </span>
      }
    >
      <ReceiptPaper response={response} request={request} />
    </Page>
  )
}

function NoReceipt({ response }: { response: LersResponse }) {
  const { t } = useLingui()
  return (
    <Page title={t`Receipt of ${response.response_number}`} narrow>
      <Panel>
        <EmptyState
          title={t`There is no receipt`}
          action={
            <Button component={Link} to={`/responses/${response.id}` as string} variant="default">
              <Trans>To the response</Trans>
            </Button>
          }
        >
          <Trans>A receipt is made once the response has been accepted.</Trans>
        </EmptyState>
      </Panel>
    </Page>
  )
}
