/** The parts of a request on paper: nothing shortened, nothing to press. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Schema } from '~/api/index.ts'
import { formatBytes, formatExact, useTerm } from '~/i18n/index.ts'
import { ErrorState, Facts, Loading, Person } from '~/ui/index.ts'
import { approvalsQuery, filesQuery, type LersRequest, responsesQuery, slaQuery, timelineQuery } from '../queries.ts'
import css from './print.module.css'
import { row } from './row.ts'
import { SlaLedger } from './SlaTab.tsx'
import { Days } from './TimelineTab.tsx'

export function PrintedParts({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const { id } = request
  return (
    <>
      <Part title={t`Files`} query={useQuery(filesQuery(id))}>
        {({ items }) => items.length > 0 && items.map((file) => <PrintedFile key={file.id} file={file} />)}
      </Part>
      <Part title={t`Decisions`} query={useQuery(approvalsQuery(id))}>
        {({ items }) => items.length > 0 && items.map((item) => <PrintedApproval key={item.id} approval={item} />)}
      </Part>
      <Part title={t`Responses`} query={useQuery(responsesQuery(id))}>
        {({ items }) => items.length > 0 && items.map((item) => <PrintedResponse key={item.id} response={item} />)}
      </Part>
      <Part title={t`Time`} query={useQuery(slaQuery(id))}>
        {(sla) => sla.started_at && <SlaLedger sla={sla} request={request} />}
      </Part>
      <Part title={t`Timeline`} query={useQuery(timelineQuery(id))}>
        {({ items }) => items.length > 0 && <Days request={request} items={items} printed />}
      </Part>
    </>
  )
}

interface PartQuery<T> {
  data: T | undefined
  error: unknown
}

function Part<T>({ title, query, children }: { title: string; query: PartQuery<T>; children: (data: T) => ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {query.data === undefined ? (
        query.error ? (
          <ErrorState error={query.error} />
        ) : (
          <Loading lines={2} />
        )
      ) : (
        children(query.data) || (
          <p className={css.none}>
            <Trans>None</Trans>
          </p>
        )
      )}
    </section>
  )
}

function PrintedFile({ file }: { file: Schema<'FileOut'> }) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <div className={css.item}>
      <h4>{file.filename}</h4>
      <Facts
        rows={[
          row(t`Size`, formatBytes(file.size)),
          row(t`Scan`, term('scanStatus', file.scan_status)),
          row('SHA-256', <Code value={file.sha256} />),
          row('SHA-512', <Code value={file.sha512} />),
        ]}
      />
    </div>
  )
}

function PrintedApproval({ approval }: { approval: Schema<'ApprovalOut'> }) {
  const { t } = useLingui()
  const term = useTerm()
  const { signature, seal } = approval
  return (
    <div className={css.item}>
      <h4>
        <Trans>Level {approval.level}</Trans>: {term('decision', approval.action)}
        {!approval.current && (
          <>
            {' '}
            <Trans>(before the request was changed)</Trans>
          </>
        )}
      </h4>
      <Facts
        rows={[
          row(t`By`, <Person person={approval.approver} />),
          row(t`On behalf of`, approval.on_behalf_of && <Person person={approval.on_behalf_of} />),
          row(t`At`, formatExact(approval.action_timestamp)),
          row(t`Comments`, approval.comments),
          row(t`Statement, SHA-256`, <Code value={approval.signature_hash} />),
          row(t`Seal of the server`, <Code value={seal.value} />),
          row(t`Key of the seal`, <Code value={seal.kid} />),
          row(t`Personal signature`, signature ? <Code value={signature.value} /> : t`None: the seal stands alone`),
          row(t`Key of the signature`, signature && <Code value={signature.fingerprint} />),
          row(t`Verdict`, term('verdict', approval.verdict)),
        ]}
      />
    </div>
  )
}

function PrintedResponse({ response }: { response: Schema<'ResponseOut'> }) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <div className={css.item}>
      <h4>{response.response_number}</h4>
      <Facts
        rows={[
          row(t`State`, term('responseStatus', response.status)),
          row(t`Extent`, response.is_partial ? t`A part` : t`Whole`),
          row(t`By`, <Person person={response.submitted_by} />),
          row(t`At`, formatExact(response.submitted_at)),
          row(t`Text`, response.response_text),
          row(t`Remarks`, response.remarks),
          row(t`Rejected because`, response.rejection_reason),
          ...response.files.map((file) => row(file.name, <Code value={file.sha256} />)),
        ]}
      />
    </div>
  )
}

function Code({ value }: { value: string | null | undefined }) {
  return value ? <code className={css.code}>{value}</code> : <>–</>
}
