/** The receipt for the sender: number, time, and every hash. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCircleCheck, IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { fingerprintGroups } from '~/crypto/index.ts'
import { manifestQuery, SaveManifest } from '~/features/review/index.ts'
import { formatBytes, formatExact } from '~/i18n/index.ts'
import { Facts, Hash, Page, Panel, QueryState } from '~/ui/index.ts'
import type { Sent } from '../queries.ts'
import css from './respond.module.css'

export function SentView({ response }: { response: Sent }) {
  const { t } = useLingui()
  const kept = useQuery(manifestQuery(response.id))
  const told = useRef<HTMLParagraphElement>(null)
  useEffect(() => told.current?.focus(), [])
  return (
    <Page
      title={t`Receipt of ${response.response_number}`}
      narrow
      actions={
        <>
          {kept.data && <SaveManifest kept={kept.data} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            onClick={() => window.print()}
          >
            <Trans>Print</Trans>
          </Button>
          <Button size="xs" component={Link} to={`/requests/${response.request_id}` as string}>
            <Trans>To the request</Trans>
          </Button>
        </>
      }
    >
      <p className={css.sent} ref={told} tabIndex={-1}>
        <IconCircleCheck size={22} stroke={1.8} aria-hidden />
        {response.is_partial ? (
          <Trans>Sent. The request stays in progress until the last part.</Trans>
        ) : (
          <Trans>Sent. The officer of {response.agency_tenant.name} has been told and reviews it now.</Trans>
        )}
      </p>
      <Panel>
        <div className={css.stack}>
          <Facts
            rows={[
              [t`Response`, response.response_number],
              [t`Received`, formatExact(response.submitted_at)],
              [t`Sent by`, `${response.submitted_by.name}, ${response.provider_tenant.name}`],
              [
                t`Signature`,
                response.signature ? fingerprintGroups(response.signature.fingerprint) : t`None; sealed by LERS`,
              ],
            ]}
          />
          <QueryState query={kept} lines={3}>
            {({ sha256, seal }) => (
              <Facts
                rows={[
                  [t`SHA-256 of the manifest`, <Hash key="hash" value={sha256} full />],
                  [t`Key of the seal`, seal.kid],
                ]}
              />
            )}
          </QueryState>
          {response.files.length > 0 && (
            <ol className={css.manifest}>
              {response.files.map((file) => (
                <li key={file.id}>
                  <strong>{file.filename}</strong> <span className={css.dim}>{formatBytes(file.size)}</span>
                  <code className={css.hash}>{file.sha256}</code>
                </li>
              ))}
            </ol>
          )}
        </div>
      </Panel>
    </Page>
  )
}
