/** Rejecting: what is missing is picked, not described, and comes back to the provider as a checklist. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { formatDateTime, formatPlainDate, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { MOST_REASON, writeChecklist } from '../checklist.ts'
import { type Asked, missingItems, OF_IDENTIFIER, OF_RESPONSE, type Ticks, toggled } from '../missing.ts'
import { askedFieldsQuery, type LersResponse, useReject } from '../queries.ts'
import { requestedFields } from '../requested.ts'
import css from './dialog.module.css'
import { MissingFields } from './MissingFields.tsx'

interface RejectDialogProps {
  response: LersResponse
  request: LersRequest
  opened: boolean
  onClose: () => void
  onRejected: () => void
}

export function RejectDialog({ opened, onClose, response, ...rest }: RejectDialogProps) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Reject ${response.response_number}`} size="min(46rem, 96vw)">
      <RejectForm response={response} onClose={onClose} {...rest} />
    </Dialog>
  )
}

function RejectForm({ response, request, onClose, onRejected }: Omit<RejectDialogProps, 'opened'>) {
  const { t } = useLingui()
  const reject = useReject()
  const [ticks, setTicks] = useState<Ticks>(new Set())
  const [note, setNote] = useState('')
  const [lacking, setLacking] = useState<FieldProblem[]>([])
  const asked = useAsked(request)
  const items = useItems(ticks, asked)
  const reason = writeChecklist({ items, note })

  const submit = () => {
    const found: FieldProblem[] = []
    if (reason === '') found.push({ field: 'reject-note', message: t`Pick what is missing, or write why` })
    if (reason.length > MOST_REASON) found.push({ field: 'reject-note', message: t`Shorten the note: it is too long` })
    setLacking(found)
    if (found.length === 0) reject.mutate({ response, reason }, { onSuccess: onRejected })
  }
  useKeys({ 'Ctrl+Enter': { run: submit, label: t`Reject` } }, { scope: t`Response`, modal: true })
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Consequence request={request} />
      <ErrorSummary problems={lacking.length > 0 ? lacking : problemsOf(reject.error, () => 'reject-note')} />
      <MissingFields asked={asked} ticks={ticks} onToggle={(tick) => setTicks((all) => toggled(all, tick))} />
      <Textarea
        id="reject-note"
        label={t`Note to the provider`}
        description={t`Stands under the checklist.`}
        minRows={2}
        maxRows={8}
        maxLength={MOST_REASON}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p className={css.dim} role="status">
        {items.length === 0 ? <Trans>Nothing is picked yet.</Trans> : <Trans>On the checklist: {items.length}</Trans>}
      </p>
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
        <Button type="submit" variant="default" className={css.danger} loading={reject.isPending}>
          <Trans>Reject</Trans>
        </Button>
      </div>
    </form>
  )
}

/** What becomes of the request: it differs with where it stands. */
function Consequence({ request }: { request: LersRequest }) {
  const due = request.sla_due_date ? formatDateTime(request.sla_due_date) : null
  return (
    <p className={css.notice}>
      <IconClock size={18} aria-hidden />
      <span>
        {request.status === 'RESPONSE_UPLOADED' && (
          <>
            <Trans>The request goes back to {request.provider_tenant.name}, who sends another response.</Trans>{' '}
            {due ? <Trans>The clock goes on: it is due {due}.</Trans> : <Trans>The clock goes on.</Trans>}
          </>
        )}
        {request.status === 'IN_PROGRESS' && (
          <>
            <Trans>{request.provider_tenant.name} is still at work and sees what is missing.</Trans>{' '}
            {due ? <Trans>The clock goes on: it is due {due}.</Trans> : <Trans>The clock goes on.</Trans>}
          </>
        )}
        {request.status !== 'RESPONSE_UPLOADED' && request.status !== 'IN_PROGRESS' && (
          <Trans>
            The request has ended and stays so: only this response is rejected. To get more, make a new request.
          </Trans>
        )}
      </span>
    </p>
  )
}

function useAsked(request: LersRequest): Asked {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const { catalog_item_id: itemId, catalog_item_version: version, date_range_from: from, date_range_to: to } = request
  const item = useQuery({ ...askedFieldsQuery(itemId ?? '', version ?? 1), enabled: Boolean(itemId && version) })
  const period = { from: from ? formatPlainDate(from) : '…', to: to ? formatPlainDate(to) : '…' }
  return {
    identifiers: (request.identifiers ?? []).map(({ id, type, masked }) => ({
      id,
      name: `${masked} (${term('identifierType', type)})`,
    })),
    fields: [
      ...(from || to ? [{ name: 'period', label: t`Period ${period.from} to ${period.to}` }] : []),
      ...requestedFields(item.data?.required_fields ?? [], request.answers ?? {}, i18n.locale),
    ],
  }
}

function useItems(ticks: Ticks, asked: Asked): string[] {
  const { t, i18n } = useLingui()
  return missingItems(ticks, asked, {
    flaw: (name) => i18n._(OF_IDENTIFIER[name]),
    whole: (name) => i18n._(OF_RESPONSE[name]),
    ofIdentifier: (identifier, flaws) => t`${identifier} – missing or wrong: ${flaws}`,
    ofField: (label) => t`Not answered as asked: ${label}`,
  })
}
