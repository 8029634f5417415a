/** Hand one's approvals to another approver of the unit, for some days. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { colleaguesQuery } from '~/features/requests/index.ts'
import { terms } from '~/i18n/index.ts'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { type DayFault, dayFault, dayOf, momentsOf } from '../delegation.ts'
import { useDelegate } from '../queries.ts'
import css from './delegations.module.css'

const FIELDS: Record<string, string> = {
  to_user_id: 'delegate-to',
  request_type: 'delegate-type',
  valid_from: 'delegate-from',
  valid_until: 'delegate-until',
  reason: 'delegate-reason',
}

export function DelegationForm({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useLingui()
  const today = dayOf(serverNow())
  const delegate = useDelegate()
  const [to, setTo] = useState<string | null>(null)
  const [type, setType] = useState<string | null>(null)
  const [days, setDays] = useState({ from: today, until: '' })
  const [reason, setReason] = useState('')
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const explain = useDayWords()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fault = dayFault(days, dayOf(serverNow()))
    const found = [
      ...(to ? [] : [{ field: 'delegate-to', message: t`Choose who decides in your place.` }]),
      ...(fault ? [explain(fault)] : []),
    ]
    setProblems(found)
    if (!to || found.length > 0) return
    delegate.mutate(
      { to_user_id: to, request_type: type as never, reason: reason.trim() || null, ...momentsOf(days, serverNow()) },
      { onSuccess: onDone },
    )
  }
  const told = problems.length > 0 ? problems : problemsOf(delegate.error, (name) => FIELDS[name])
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      <ErrorSummary problems={told} />
      <Deputy value={to} onChange={setTo} />
      <Select
        id="delegate-type"
        label={t`Kind of request`}
        placeholder={t`All kinds of requests`}
        clearable
        clearButtonProps={{ 'aria-label': t`All kinds of requests` }}
        data={terms(i18n, 'requestType')}
        value={type}
        onChange={setType}
      />
      <Group grow align="start">
        <TextInput
          id="delegate-from"
          type="date"
          label={t`First day`}
          min={today}
          required
          value={days.from}
          onChange={(event) => setDays({ ...days, from: event.currentTarget.value })}
        />
        <TextInput
          id="delegate-until"
          type="date"
          label={t`Last day`}
          min={days.from || today}
          required
          value={days.until}
          onChange={(event) => setDays({ ...days, until: event.currentTarget.value })}
        />
      </Group>
      <TextInput
        id="delegate-reason"
        label={t`Reason (optional)`}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={delegate.isPending}>
          <Trans>Delegate</Trans>
        </Button>
      </Group>
    </form>
  )
}

function Deputy({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { t } = useLingui()
  const me = useMe()
  const colleagues = useQuery(colleaguesQuery)
  const approvers = (colleagues.data?.items ?? []).filter(({ id, role }) => role === 'APPROVER' && id !== me.id)
  return (
    <Select
      id="delegate-to"
      data-autofocus
      label={t`Who decides in your place`}
      description={colleagues.data && approvers.length === 0 ? t`There is no other approver in your unit.` : undefined}
      required
      searchable
      data={approvers.map(({ id, name, rank }) => ({ value: id, label: [name, rank].filter(Boolean).join(', ') }))}
      value={value}
      onChange={onChange}
    />
  )
}

function useDayWords(): (fault: DayFault) => FieldProblem {
  const { t } = useLingui()
  const words: Record<DayFault, FieldProblem> = {
    from_missing: { field: 'delegate-from', message: t`Enter the first day.` },
    until_missing: { field: 'delegate-until', message: t`Enter the last day.` },
    past: { field: 'delegate-until', message: t`The last day is over already.` },
    backwards: { field: 'delegate-until', message: t`The last day is before the first.` },
  }
  return (fault) => words[fault]
}
