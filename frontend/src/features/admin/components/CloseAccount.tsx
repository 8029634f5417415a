/** Closing an account: what it means, what the person still has open, and who takes that over. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { type Listed, OPEN_STATUSES, topQuery } from '~/features/requests/index.ts'
import { ErrorSummary, problemsOf, QueryState } from '~/ui/index.ts'
import { personChanged } from '../audit-line.ts'
import { activePeopleQuery, type Person, useHandOver, useSavePerson } from '../queries.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'

const MOST_SHOWN = 200

interface CloseAccountProps {
  person: Person
  onBack: () => void
  onDone: () => void
}

export function CloseAccount({ person, onBack, onDone }: CloseAccountProps) {
  const { t } = useLingui()
  const [successor, setSuccessor] = useState<string | null>(null)
  const open = useOpenRequests(person)
  const movable = (open.data?.items ?? []).filter((request) => request.abilities.assign)
  const handOver = useHandOver()
  const save = useSavePerson(person)
  const close = async () => {
    if (successor && movable.length > 0) {
      const results = await handOver.mutateAsync({ ids: movable.map(({ id }) => id), to: successor })
      // What could not be handed over stays on the screen with its reason; the account stays open.
      if (results.some(({ ok }) => !ok)) return
    }
    await save.mutateAsync({ is_active: false })
    notifications.show({ message: t`The account of ${person.name} is closed` })
    onDone()
  }
  const left = handOver.data?.filter(({ ok }) => !ok).length ?? 0
  return (
    <div className={css.form}>
      <p className={css.text}>
        <Trans>
          {person.name} is signed out everywhere at once and cannot sign in any more. What they did stays on record with
          their name, and the account can be opened again.
        </Trans>
      </p>
      <LastAdmin person={person} />
      <QueryState query={open} lines={2}>
        {({ items, total }) => <OpenRequests person={person} items={items} total={total} />}
      </QueryState>
      {movable.length > 0 && <Successor person={person} value={successor} onChange={setSuccessor} />}
      {left > 0 && (
        <p className={clsx(css.note, css.bad)} role="alert">
          <Plural
            value={left}
            one="# request could not be handed over. The account is still open."
            other="# requests could not be handed over. The account is still open."
          />
        </p>
      )}
      <ErrorSummary problems={problemsOf(save.error ?? handOver.error, () => undefined)} />
      <AuditPreview line={personChanged({ is_active: false })} object={person.name} />
      <div className={css.buttons}>
        <Button variant="default" className={css.apart} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button
          className={css.dangerFilled}
          loading={save.isPending || handOver.isPending}
          // The mutations keep their errors, which stand above.
          onClick={() => void close().catch(() => undefined)}
        >
          <Trans>Close the account</Trans>
        </Button>
      </div>
    </div>
  )
}

const filterOf = (person: Person) =>
  person.role === 'PROVIDER' ? { assigned_to: person.id } : { created_by: person.id }

const useOpenRequests = (person: Person) =>
  useQuery(topQuery({ ...filterOf(person), status: [...OPEN_STATUSES] }, '-created_at', MOST_SHOWN))

function OpenRequests({ person, items, total }: { person: Person; items: readonly Listed[]; total: number }) {
  const me = useMe()
  if (items.length === 0) {
    return (
      <p className={css.note}>
        <Trans>They have no open requests.</Trans>
      </p>
    )
  }
  const list = me.role === 'PROVIDER' ? '/inbox' : '/requests'
  return (
    <div className={clsx(css.note, css.warn)}>
      <Plural value={total} one="# request of theirs is still open." other="# requests of theirs are still open." />{' '}
      {person.role !== 'PROVIDER' && (
        <Trans>Approvers and colleagues who take part see them still, and can bring them to an end. </Trans>
      )}
      <Link to={list as '/'} search={filterOf(person) as never}>
        <Trans>See them</Trans>
      </Link>
    </div>
  )
}

function Successor({
  person,
  value,
  onChange,
}: {
  person: Person
  value: string | null
  onChange: (value: string | null) => void
}) {
  const { t } = useLingui()
  const people = useQuery(activePeopleQuery(person.tenant_id))
  return (
    <NativeSelect
      label={t`Who takes them over`}
      data={[
        { value: '', label: t`Nobody for now` },
        ...(people.data?.items ?? [])
          .filter(({ id }) => id !== person.id)
          .map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}

/** Without an administrator of its own an organisation must ask the platform for each change. */
function LastAdmin({ person }: { person: Person }) {
  const people = useQuery({ ...activePeopleQuery(person.tenant_id), enabled: person.is_tenant_admin })
  const others = people.data?.items.filter(({ id, is_tenant_admin }) => is_tenant_admin && id !== person.id)
  if (!person.is_tenant_admin || others === undefined || others.length > 0) return null
  return (
    <p className={clsx(css.note, css.warn)}>
      <Trans>
        This is the last administrator of {person.tenant.name}. Afterwards only the platform can change its people: make
        somebody else an administrator first.
      </Trans>
    </p>
  )
}
