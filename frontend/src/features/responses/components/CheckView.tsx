/** Check answers: the manifest as it will stand, signed and sent from here. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { ErrorState, ErrorSummary, Loading, Page, Panel, problemsOf } from '~/ui/index.ts'
import type { ResponseContent } from '../body.ts'
import type { Draft } from '../draft.ts'
import { type Sent, useSend } from '../queries.ts'
import { type Check, maySend, useCheck } from '../use-check.ts'
import { CheckedAnswer } from './CheckedAnswer.tsx'
import { ManifestProof } from './ManifestProof.tsx'
import css from './respond.module.css'
import { SignChoice } from './SignChoice.tsx'

interface CheckViewProps {
  request: LersRequest
  draft: Draft
  body: ResponseContent
  part: number
  onBack: () => void
  onSent: (response: Sent) => void
}

export function CheckView({ request, draft, body, part, onBack, onSent }: CheckViewProps) {
  const { t } = useLingui()
  const check = useCheck(request.id, body, draft.files)
  return (
    <Page
      title={t`Check and send`}
      lead={t`This is what ${request.agency_tenant.name} gets for ${request.request_number}. Once sent it cannot be changed.`}
      actions={
        <Button variant="default" onClick={onBack}>
          <Trans>Change something</Trans>
        </Button>
      }
      narrow
    >
      {check.error ? (
        <Refused error={check.error} onBack={onBack} onRetry={check.renew} />
      ) : check.pending || !check.checked?.manifest ? (
        <Panel>{check.checked ? <ManifestProof check={check} /> : <Loading lines={12} />}</Panel>
      ) : (
        <>
          <CheckedAnswer request={request} body={body} manifest={check.checked.manifest} part={part} />
          <Panel title={t`The manifest`}>
            <ManifestProof check={check} />
          </Panel>
          <SendPanel request={request} body={body} check={check} onSent={onSent} />
        </>
      )}
    </Page>
  )
}

/** The server does not take it like this: its sentences, and the way back to the fields. */
function Refused({ error, onBack, onRetry }: { error: unknown; onBack: () => void; onRetry: () => void }) {
  const problems = problemsOf(error, () => undefined)
  return (
    <Panel>
      <div className={css.stack}>
        {problems.length > 0 && <ErrorSummary problems={problems} />}
        <ErrorState error={error} retry={onRetry} />
        <Button variant="default" onClick={onBack} className={css.start}>
          <Trans>Back to the answer</Trans>
        </Button>
      </div>
    </Panel>
  )
}

interface SendPanelProps {
  request: LersRequest
  body: ResponseContent
  check: Check
  onSent: (response: Sent) => void
}

function SendPanel({ request, body, check, onSent }: SendPanelProps) {
  const { t } = useLingui()
  const send = useSend(request.id, onSent)
  const [wanted, setSigned] = useState(true)
  const signed = wanted && check.key !== null
  const able = maySend(check, signed)
  const submit = () => {
    if (!able || send.isPending || !check.issued) return false
    send.mutate({ body, issued: check.issued, key: signed ? check.key : null })
  }
  useKeys({ 'Ctrl+Enter': { run: submit, label: t`Send the response` } }, { scope: t`Response` })
  return (
    <Panel title={t`Sign and send`}>
      <div className={css.stack}>
        <ErrorSummary problems={problemsOf(send.error, () => undefined)} />
        <SignChoice check={check} signed={signed} onSigned={setSigned} />
        <div className={css.buttons}>
          <Button onClick={submit} loading={send.isPending} disabled={!able} rightSection={<Keys keys="Ctrl+Enter" />}>
            {signed ? <Trans>Sign and send</Trans> : <Trans>Send</Trans>}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
