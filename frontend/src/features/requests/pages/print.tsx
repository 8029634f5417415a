/** The whole request on paper, A4: what was asked and on which ground, every decision with its hashes, the story. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import clsx from 'clsx'
import { useEffect, useState } from 'react'
import { serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { formatExact, useTerm } from '~/i18n/index.ts'
import { ErrorState, Loading, Panel } from '~/ui/index.ts'
import { PrintedParts } from '../components/PrintedParts.tsx'
import css from '../components/print.module.css'
import { Asked, Ground, Texts } from '../components/RequestFacts.tsx'
import { type LersRequest, requestQuery } from '../queries.ts'

export default function PrintPage() {
  const { t } = useLingui()
  const { requestId } = useParams({ strict: false }) as { requestId: string }
  const request = useQuery(requestQuery(requestId))
  const number = request.data?.request_number
  useEffect(() => {
    document.title = `${number ?? t`Print`} – LERS`
  }, [number, t])
  return (
    <div className={css.page}>
      <Tools requestId={requestId} ready={Boolean(number)} />
      {request.data ? (
        <Sheet request={request.data} />
      ) : (
        <Panel>
          {request.error ? (
            <ErrorState error={request.error} retry={() => void request.refetch()} />
          ) : (
            <Loading lines={10} />
          )}
        </Panel>
      )}
    </div>
  )
}

/** On the screen only: the paper begins with the request. */
function Tools({ requestId, ready }: { requestId: string; ready: boolean }) {
  return (
    <header className={clsx(css.tools, 'l-no-print')}>
      <div className={css.toolText}>
        <h1>
          <Trans>Print the request</Trans>
        </h1>
        <p>
          <Trans>This is how it comes out on A4 paper. What is masked here is masked on paper.</Trans>
        </p>
      </div>
      <div className={css.buttons}>
        <Button
          component={Link}
          to={`/requests/${requestId}` as string}
          variant="default"
          leftSection={<IconArrowLeft size={16} />}
        >
          <Trans>Back to the request</Trans>
        </Button>
        <Button disabled={!ready} leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          <Trans>Print</Trans>
        </Button>
      </div>
    </header>
  )
}

function Sheet({ request }: { request: LersRequest }) {
  const term = useTerm()
  return (
    <article className={css.sheet} aria-label={request.request_number}>
      <header className={css.head}>
        <p className={css.issuer}>
          <Trans>Law Enforcement Request System</Trans>
        </p>
        <h2 className={css.number}>{request.request_number}</h2>
        <p className={css.what}>
          {term('requestType', request.request_type)} · {term('status', request.status)} ·{' '}
          {term('priority', request.priority)} · <Trans>version {request.version}</Trans>
        </p>
        <PrintedBy />
      </header>
      <section>
        <h3>
          <Trans>The request</Trans>
        </h3>
        {request.identifiers ? (
          <>
            <Asked request={request} printed />
            <Ground request={request} printed />
            <Texts request={request} />
          </>
        ) : (
          <p>
            <Trans>The content of the case is not shown to administrators.</Trans>
          </p>
        )}
      </section>
      <PrintedParts request={request} />
    </article>
  )
}

function PrintedBy() {
  const me = useMe()
  const [at] = useState(serverNow)
  return (
    <p className={css.by}>
      <Trans>
        Printed by {me.full_name}, {me.tenant.name}, on {formatExact(at)}
      </Trans>
    </p>
  )
}
