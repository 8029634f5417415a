/** Reject, or ask for changes: both need a reason, and offer the usual ones. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Text, Textarea } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, ErrorSummary } from '~/ui/index.ts'
import { type Refusal, useRefuse } from '../queries.ts'
import { REASONS } from '../reasons.ts'
import { Refused } from './Refused.tsx'
import css from './sign.module.css'

interface RefuseDialogProps {
  request: LersRequest
  decision: Refusal | null
  onClose: () => void
  onDecided: (request: LersRequest) => void
}

export function RefuseDialog({ request, decision, onClose, onDecided }: RefuseDialogProps) {
  const { t } = useLingui()
  const number = request.request_number
  return (
    <Dialog
      opened={decision !== null}
      onClose={onClose}
      size="lg"
      title={decision === 'reject' ? t`Reject ${number}` : t`Ask for changes of ${number}`}
    >
      {decision && (
        <RefuseForm key={decision} request={request} decision={decision} onClose={onClose} onDecided={onDecided} />
      )}
    </Dialog>
  )
}

type FormProps = Omit<RefuseDialogProps, 'decision'> & { decision: Refusal }

function RefuseForm({ request, decision, onClose, onDecided }: FormProps) {
  const { t, i18n } = useLingui()
  const refuse = useRefuse((decided) => {
    onClose()
    onDecided(decided)
  })
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const send = () => {
    if (!reason.trim()) return setMissing(true)
    setMissing(false)
    refuse.mutate({ request, decision, reason: reason.trim() })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const take = (text: string) => {
    setReason((before) => (before.trim() ? `${before.trimEnd()}\n${text}` : text))
    field.current?.focus()
  }
  useKeys({ 'Ctrl+Enter': { run: send, label: t`Send` } }, { scope: t`Approval`, modal: true })
  return (
    <form className={css.stack} onSubmit={submit} noValidate>
      <Text size="sm">
        {decision === 'reject' ? (
          <Trans>The request ends here. The officer reads your reason and has to make a new request.</Trans>
        ) : (
          <Trans>The request goes back to the officer as a draft. Levels given so far are void.</Trans>
        )}
      </Text>
      {Boolean(refuse.error) && <Refused error={refuse.error} />}
      <ErrorSummary problems={missing ? [{ field: 'refusal-reason', message: t`Write a reason.` }] : []} />
      <ul className={css.reasons} aria-label={t`Usual reasons`}>
        {REASONS[decision].map(({ label, text }) => (
          <li key={label.id}>
            <Button size="compact-sm" variant="default" onClick={() => take(i18n._(text))}>
              {i18n._(label)}
            </Button>
          </li>
        ))}
      </ul>
      <Textarea
        ref={field}
        id="refusal-reason"
        data-autofocus
        label={decision === 'reject' ? t`Reason` : t`What has to change`}
        required
        minRows={4}
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={refuse.isPending} color={decision === 'reject' ? 'red.9' : undefined}>
          {decision === 'reject' ? <Trans>Reject</Trans> : <Trans>Send back</Trans>}
        </Button>
      </Group>
    </form>
  )
}
