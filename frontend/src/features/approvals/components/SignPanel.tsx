/** The panel on the right: what is decided, over which bytes, with which key; and the three decisions. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import clsx from 'clsx'
import { useRef, useState } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { ErrorState, Loading, Panel } from '~/ui/index.ts'
import { type Refusal, useApprove } from '../queries.ts'
import { mayApprove, useSigning } from '../use-signing.ts'
import { RefuseDialog } from './RefuseDialog.tsx'
import { Refused } from './Refused.tsx'
import { Sentence } from './Sentence.tsx'
import { SignatureKey } from './SignatureKey.tsx'
import { SignedBytes } from './SignedBytes.tsx'
import css from './sign.module.css'

interface SignPanelProps {
  request: LersRequest
  onDecided: (request: LersRequest) => void
}

export function SignPanel({ request, onDecided }: SignPanelProps) {
  const { t } = useLingui()
  const { abilities } = request
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const approveButton = useRef<HTMLButtonElement>(null)
  const ask = (wanted: Refusal) => (abilities[wanted] ? setRefusal(wanted) : false)
  useKeys(
    {
      // Enter signs then: one stray key must not put a name under anything.
      a: { run: () => focusOn(approveButton.current), label: t`Go to “approve”; Enter signs` },
      q: { run: () => ask('request_changes'), label: t`Ask for changes` },
      r: { run: () => ask('reject'), label: t`Reject` },
    },
    { scope: t`Approval` },
  )
  return (
    <Panel title={abilities.approve ? t`Your decision` : t`Decision`} className={css.panel}>
      {abilities.approve ? (
        <Approving request={request} button={approveButton} onDecided={onDecided} onRefuse={setRefusal} />
      ) : (
        <NotYours request={request} onRefuse={setRefusal} />
      )}
      <RefuseDialog request={request} decision={refusal} onClose={() => setRefusal(null)} onDecided={onDecided} />
    </Panel>
  )
}

function focusOn(button: HTMLButtonElement | null): unknown {
  if (!button || button.disabled) return false
  button.focus()
  button.scrollIntoView({ block: 'nearest' })
}

interface ApprovingProps {
  request: LersRequest
  button: React.RefObject<HTMLButtonElement | null>
  onDecided: (request: LersRequest) => void
  onRefuse: (decision: Refusal) => void
}

function Approving({ request, button, onDecided, onRefuse }: ApprovingProps) {
  const { t } = useLingui()
  const signing = useSigning(request)
  const approve = useApprove(onDecided)
  const [comments, setComments] = useState('')
  const submit = () => {
    if (!signing.issued || !mayApprove(signing)) return
    approve.mutate({ request, comments, issued: signing.issued, key: signing.key })
  }
  if (signing.error) return <ErrorState error={signing.error} retry={signing.renew} />
  if (signing.pending || !signing.issued) return <Loading lines={8} />
  return (
    <div className={css.stack}>
      {Boolean(approve.error) && <Refused error={approve.error} />}
      <Sentence request={request} statement={signing.statement} />
      <SignedBytes signing={signing} />
      <SignatureKey signing={signing} />
      <Textarea
        id="approval-comments"
        label={t`Comments (optional)`}
        description={t`For your own unit; the provider does not see them.`}
        maxLength={4000}
        minRows={2}
        value={comments}
        onChange={(event) => setComments(event.currentTarget.value)}
      />
      <div className={clsx(css.actions, css.reach)}>
        <Button
          ref={button}
          className={css.approve}
          loading={approve.isPending}
          disabled={!mayApprove(signing)}
          onClick={submit}
          rightSection={<Keys keys="a" />}
        >
          {signing.key ? <Trans>Approve and sign</Trans> : <Trans>Approve</Trans>}
        </Button>
        <RefusalButtons request={request} onRefuse={onRefuse} />
      </div>
    </div>
  )
}

function RefusalButtons({ request, onRefuse }: { request: LersRequest; onRefuse: (decision: Refusal) => void }) {
  const { abilities } = request
  return (
    <>
      {abilities.request_changes && (
        <Button variant="default" onClick={() => onRefuse('request_changes')} rightSection={<Keys keys="q" />}>
          <Trans>Ask for changes</Trans>
        </Button>
      )}
      {abilities.reject && (
        <Button
          variant="default"
          className={css.reject}
          onClick={() => onRefuse('reject')}
          rightSection={<Keys keys="r" />}
        >
          <Trans>Reject</Trans>
        </Button>
      )}
    </>
  )
}

/** An approver of the unit for whom no level is open: stopping needs less authority than allowing. */
function NotYours({ request, onRefuse }: { request: LersRequest; onRefuse: (decision: Refusal) => void }) {
  const next = request.approval_route?.find(({ given }) => !given)
  const may = request.abilities.request_changes || request.abilities.reject
  return (
    <div className={css.stack}>
      <p className={css.lead}>
        {request.status !== 'PENDING_APPROVAL' ? (
          <Trans>This request does not wait for an approval.</Trans>
        ) : next ? (
          <Trans>
            You cannot give level {next.level}: it is for an approver of the rank {next.min_rank} or above who gives no
            other level of this request.
          </Trans>
        ) : (
          <Trans>There is nothing for you to give here.</Trans>
        )}
      </p>
      {may && (
        <>
          <p className={css.lead}>
            <Trans>You may still stop it: to stop a request, every approver of the unit has the authority.</Trans>
          </p>
          <div className={css.actions}>
            <RefusalButtons request={request} onRefuse={onRefuse} />
          </div>
        </>
      )}
    </div>
  )
}
