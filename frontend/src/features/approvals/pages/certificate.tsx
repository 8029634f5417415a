/** The certificate of approval: everything that is needed to check it, on paper. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { sealKeysQuery } from '~/features/keys/index.ts'
import { approvalsQuery, type LersRequest, requestQuery } from '~/features/requests/index.ts'
import { formatExact, useTerm } from '~/i18n/index.ts'
import { Facts, Page, Panel, Person, QueryState } from '~/ui/index.ts'
import { CertifiedDecision } from '../components/CertifiedDecision.tsx'
import css from '../components/certificate.module.css'
import { HowToCheck } from '../components/HowToCheck.tsx'
import type { Approval } from '../route.ts'

export default function CertificatePage() {
  const { t } = useLingui()
  const { requestId = '' } = useParams({ strict: false }) as { requestId?: string }
  const request = useQuery(requestQuery(requestId))
  const approvals = useQuery(approvalsQuery(requestId))
  const number = request.data?.request_number
  return (
    <Page
      narrow
      title={t`Certificate of approval`}
      documentTitle={number ? t`Certificate ${number}` : undefined}
      lead={number}
      actions={
        <>
          <Button component={Link} to={`/requests/${requestId}` as string} variant="default">
            <Trans>Back to the request</Trans>
          </Button>
          <Button onClick={() => globalThis.print()} leftSection={<IconPrinter size={16} />}>
            <Trans>Print</Trans>
          </Button>
        </>
      }
    >
      <QueryState query={request} lines={8}>
        {(found) => (
          <QueryState query={approvals} lines={8}>
            {({ items }) => <Certificate request={found} approvals={items} />}
          </QueryState>
        )}
      </QueryState>
    </Page>
  )
}

function Certificate({ request, approvals }: { request: LersRequest; approvals: readonly Approval[] }) {
  const { t } = useLingui()
  const inForce = approvals.filter(({ current }) => current)
  const earlier = approvals.filter(({ current }) => !current)
  return (
    <div className={css.certificate}>
      <AboutRequest request={request} />
      {inForce.length === 0 && (
        <p className={css.none}>
          <Trans>No decision stands on this request as it is now.</Trans>
        </p>
      )}
      {inForce.map((approval) => (
        <CertifiedDecision key={approval.id} approval={approval} />
      ))}
      {earlier.length > 0 && (
        <section className={css.earlier} aria-label={t`Decisions on earlier versions`}>
          <h2>
            <Trans>Decisions on earlier versions</Trans>
          </h2>
          {earlier.map((approval) => (
            <CertifiedDecision key={approval.id} approval={approval} />
          ))}
        </section>
      )}
      <SealKeys approvals={approvals} />
      <HowToCheck />
      <Footer />
    </div>
  )
}

function AboutRequest({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <Panel title={t`Request`}>
      <Facts
        rows={[
          [t`Number`, request.request_number],
          [t`Asked by`, request.agency_tenant.name],
          [t`Officer`, <Person key="officer" person={request.created_by} />],
          [t`Asked of`, request.provider_tenant.name],
          [t`What`, term('requestType', request.request_type)],
          [t`Legal ground`, request.legal_mandate_type && term('mandateType', request.legal_mandate_type)],
          [t`Court order`, request.court_order_number],
          [t`Case`, request.case_reference],
          [t`State`, term('status', request.status)],
        ]}
      />
    </Panel>
  )
}

/** The keys of the seals above: without their fingerprint on paper a checker would have to believe the server. */
function SealKeys({ approvals }: { approvals: readonly Approval[] }) {
  const { t } = useLingui()
  const keys = useQuery({ ...sealKeysQuery, retry: false })
  const used = new Set(approvals.map(({ seal }) => seal.kid))
  const shown = (keys.data ?? []).filter(({ kid }) => used.has(kid))
  if (shown.length === 0) return null
  return (
    <Panel title={t`Keys of the seal`}>
      {shown.map((key) => (
        <Facts
          key={key.kid}
          rows={[
            [t`Name`, <code key="kid">{key.kid}</code>],
            [t`Fingerprint`, <code key="mark">{key.fingerprint}</code>],
            [t`Public key (Ed25519)`, <code key="public">{key.public_key}</code>],
          ]}
        />
      ))}
    </Panel>
  )
}

function Footer() {
  const me = useMe()
  const [at] = useState(() => formatExact(serverNow()))
  const name = [me.name, me.rank].filter(Boolean).join(', ')
  return (
    <p className={css.footer}>
      <Trans>
        Made for {name} on {at}. The verdicts were worked out at that moment.
      </Trans>
    </p>
  )
}
