/** The sheets of the receipt. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMe } from '~/auth/index.ts'
import { fingerprintGroups } from '~/crypto/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { formatExact, formatNumber, useTerm } from '~/i18n/index.ts'
import { ErrorState, Facts, Loading, useNow } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import { useVerification, type Verification } from '../use-verification.ts'
import { AnswerTexts } from './AnswerPanel.tsx'
import { OutcomeList } from './OutcomeList.tsx'
import css from './receipt.module.css'

interface ReceiptPaperProps {
  response: LersResponse
  request: LersRequest
}

export function ReceiptPaper({ response, request }: ReceiptPaperProps) {
  const verification = useVerification(response)
  if (verification.loadError) return <ErrorState error={verification.loadError} retry={verification.reload} />
  if (verification.pending || !verification.kept) return <Loading lines={14} />
  return (
    <article className={css.paper}>
      <Parties response={response} request={request} />
      <section>
        <h2>
          <Trans>Files received</Trans>
        </h2>
        <FileHashes response={response} />
      </section>
      <section>
        <h2>
          <Trans>Outcomes</Trans>
        </h2>
        <OutcomeList response={response} identifiers={request.identifiers ?? []} />
        <AnswerTexts response={response} />
      </section>
      <Proof response={response} verification={verification} />
      <Footer />
    </article>
  )
}

const nameOf = (person: { name: string; rank?: string | null } | null | undefined) =>
  person ? [person.name, person.rank].filter(Boolean).join(', ') : null

function Parties({ response, request }: ReceiptPaperProps) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <section>
      <h2>
        <Trans>Response to a request for data</Trans>
      </h2>
      <Facts
        rows={[
          [t`Response`, response.response_number],
          [t`Request`, `${request.request_number} (${term('requestType', request.request_type)})`],
          [t`Case`, request.case_reference],
          [t`Legal ground`, request.legal_mandate_type ? term('mandateType', request.legal_mandate_type) : null],
          [t`Asked by`, `${response.agency_tenant.name}; ${nameOf(request.created_by) ?? ''}`],
          [t`Answered by`, `${response.provider_tenant.name}; ${nameOf(response.submitted_by)}`],
          [t`Received`, formatExact(response.submitted_at)],
          [
            t`Accepted`,
            response.decided_at ? `${formatExact(response.decided_at)}; ${nameOf(response.decided_by)}` : null,
          ],
          [t`Kind`, response.is_partial ? t`One part of the answer` : t`The whole answer, or its last part`],
        ]}
      />
    </section>
  )
}

function FileHashes({ response: { files } }: { response: LersResponse }) {
  if (files.length === 0) {
    return (
      <p>
        <Trans>No files: the answer is in the outcomes and the text alone.</Trans>
      </p>
    )
  }
  return (
    <ol className={css.files}>
      {files.map((file) => (
        <li key={file.id}>
          <p className={css.file}>
            {file.filename}{' '}
            <span className={css.dim}>
              <Trans>{formatNumber(file.size)} bytes</Trans>, {file.media_type}
            </span>
          </p>
          <dl className={css.hashes}>
            <dt>SHA-256</dt>
            <dd>{file.sha256}</dd>
            <dt>SHA-512</dt>
            <dd>{file.sha512}</dd>
          </dl>
        </li>
      ))}
    </ol>
  )
}

function Proof({ response, verification }: { response: LersResponse; verification: Verification }) {
  const { t } = useLingui()
  const { kept, sealKey, judgement } = verification
  const { signature } = response
  if (!kept) return null
  return (
    <section>
      <h2>
        <Trans>Seal and signature</Trans>
      </h2>
      <p role="status">
        {judgement === 'bad' && (
          <strong>
            <Trans>The seal, the signature or the content does not fit. This receipt proves nothing.</Trans>
          </strong>
        )}
        {judgement === 'unsure' && <Trans>The seal could not be judged: its key is not known here.</Trans>}
        {judgement !== 'bad' && judgement !== 'unsure' && (
          <Trans>
            The seal of LERS fits the manifest, and the manifest lists exactly the files, hashes, outcomes and texts
            above. This was checked in the browser that shows this receipt.
          </Trans>
        )}
      </p>
      <dl className={css.hashes}>
        <dt>
          <Trans>SHA-256 of the manifest</Trans>
        </dt>
        <dd>{kept.sha256}</dd>
        <dt>
          <Trans>Seal (Ed25519)</Trans>
        </dt>
        <dd>{kept.seal.value}</dd>
        <dt>
          <Trans>Key of the seal</Trans>
        </dt>
        <dd>
          {kept.seal.kid}
          {sealKey && <> – {fingerprintGroups(sealKey.fingerprint)}</>}
        </dd>
        {signature ? (
          <>
            <dt>
              <Trans>Signature of {response.submitted_by.name}</Trans> ({signature.algorithm})
            </dt>
            <dd>{signature.value}</dd>
            <dt>
              <Trans>Key of the signature</Trans>
            </dt>
            <dd>{fingerprintGroups(signature.fingerprint)}</dd>
            <dt>{t`Signed at`}</dt>
            <dd>{formatExact(signature.signed_at)}</dd>
          </>
        ) : (
          <>
            <dt>{t`Personal signature`}</dt>
            <dd>
              <Trans>None was given.</Trans>
            </dd>
          </>
        )}
      </dl>
      <p className={css.dim}>
        <Trans>
          To check without LERS: save the manifest, compute the SHA-256 of each file and compare it with the list, then
          check the seal over “LERS-SEAL-v1”, a zero byte and the manifest's text.
        </Trans>
      </p>
    </section>
  )
}

function Footer() {
  const me = useMe()
  const now = useNow(60_000)
  return (
    <footer className={css.footer}>
      <div className={css.signLine}>
        <span>
          <Trans>Signature of the officer</Trans>
        </span>
        <span>
          <Trans>Place and date</Trans>
        </span>
      </div>
      <p className={css.dim}>
        <Trans>
          Shown to {me.name} at {formatExact(now)}
        </Trans>
      </p>
    </footer>
  )
}
