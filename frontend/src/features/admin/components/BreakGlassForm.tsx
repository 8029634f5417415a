/** Asking for emergency access: which request, and why. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Schema } from '~/api/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { type BreakGlass, requestByNumberQuery, useBreakTheGlass } from '../operations.ts'
import css from './admin.module.css'

const SHORTEST_REASON = 10
const FIELD: Record<string, string> = { request_id: 'break-glass-request', reason: 'break-glass-reason' }

export function BreakGlassForm({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const ask = useBreakTheGlass()
  const [request, setRequest] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const found: FieldProblem[] = []
    if (!request) found.push({ field: 'break-glass-request', message: t`Choose the request.` })
    if (reason.trim().length < SHORTEST_REASON) {
      found.push({ field: 'break-glass-reason', message: t`Say why, in at least 10 characters.` })
    }
    setProblems(found)
    if (!request || found.length > 0) return
    ask.mutate(
      { request_id: request, reason: reason.trim() },
      {
        onSuccess: (answer) => {
          const session = answer as BreakGlass
          notifications.show({
            message:
              session.state === 'OPEN' ? t`The case is open for 60 minutes` : t`Another administrator must confirm`,
          })
          onClose()
        },
      },
    )
  }
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <ErrorSummary problems={problems.length > 0 ? problems : problemsOf(ask.error, (name) => FIELD[name])} />
      <RequestChoice value={request} onChange={setRequest} />
      <Textarea
        id="break-glass-reason"
        label={t`Why it cannot wait`}
        description={t`Administrators read the reason; the two sides only learn who opened the case and when.`}
        required
        minLength={SHORTEST_REASON}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p className={css.note}>
        <Trans>
          You can read everything of this case, and change nothing. The administrators of both sides are told at once.
          Where the agency wants two people, your 60 minutes begin when another administrator confirms.
        </Trans>
      </p>
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" className={css.dangerFilled} loading={ask.isPending}>
          <Trans>Break the glass</Trans>
        </Button>
      </div>
    </form>
  )
}

function RequestChoice({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  const wanted = text.trim()
  const found = useQuery(requestByNumberQuery(wanted))
  return (
    <>
      <TextInput
        id="break-glass-request"
        data-autofocus
        label={t`Number of the request`}
        description={t`The whole number, or its last digits`}
        placeholder="LERS-2026-…"
        required
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          onChange(null)
        }}
      />
      {found.error && <ErrorSummary problems={problemsOf(found.error)} focus={false} />}
      {wanted.length >= 2 && found.data && <Found requests={found.data} value={value} onChange={onChange} />}
    </>
  )
}

interface FoundProps {
  requests: readonly Schema<'RequestOut'>[]
  value: string | null
  onChange: (value: string) => void
}

function Found({ requests, value, onChange }: FoundProps) {
  const { t } = useLingui()
  const term = useTerm()
  if (requests.length === 0) {
    return (
      <p className={css.note} role="status">
        <Trans>No request has this number.</Trans>
      </p>
    )
  }
  return (
    <Radio.Group label={t`Which one`} required value={value} onChange={onChange}>
      <div className={css.choices}>
        {requests.map((request) => (
          <Radio
            key={request.id}
            value={request.id}
            label={request.request_number}
            description={[
              term('status', request.status),
              `${request.agency_tenant.name} → ${request.provider_tenant.name}`,
            ].join(' · ')}
          />
        ))}
      </div>
    </Radio.Group>
  )
}
