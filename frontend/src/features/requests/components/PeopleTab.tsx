/** Who has to do with the request: those who made, approved and handle it, and the colleagues who were let in. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type ReactNode, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { formatDateTime, useTerm } from '~/i18n/index.ts'
import { type PresentPerson, useRequestPresence } from '~/realtime/index.ts'
import { ErrorSummary, problemsOf, QueryState, Time } from '~/ui/index.ts'
import { approvalsQuery, colleaguesQuery, type LersRequest, participantsQuery, useParticipants } from '../queries.ts'
import css from './people.module.css'

const MOST_COLLEAGUES = 5

interface PersonLike {
  id: string
  name: string
  rank?: string | null
}

export function PeopleTab({ request }: { request: LersRequest }) {
  const me = useMe()
  const present = useRequestPresence(request.id)
  const approvals = useQuery({ ...approvalsQuery(request.id), enabled: Boolean(request.first_sent_for_approval_at) })
  const given = approvals.data?.items.filter(({ action, current }) => action === 'APPROVE' && current) ?? []
  const ours = me.tenant_id === request.agency_tenant.id
  return (
    <div className={css.people}>
      <section>
        <h3 className={css.heading}>{request.agency_tenant.name}</h3>
        <ul className={css.list}>
          {request.created_by && (
            <Row person={request.created_by} present={present} what={<Trans>Made the request</Trans>} />
          )}
          {given.map(({ id, approver, level, action_timestamp, on_behalf_of }) => (
            <Row
              key={id}
              person={approver}
              present={present}
              what={
                <>
                  <Trans>
                    Approved level {level} on {formatDateTime(action_timestamp)}
                  </Trans>
                  {on_behalf_of && (
                    <>
                      {' '}
                      <Trans>on behalf of {on_behalf_of.name}</Trans>
                    </>
                  )}
                </>
              }
            />
          ))}
        </ul>
      </section>
      {ours && <Colleagues request={request} present={present} />}
      <ProviderSide request={request} present={present} />
    </div>
  )
}

function ProviderSide({ request, present }: { request: LersRequest; present: readonly PresentPerson[] }) {
  const holder = request.assigned_to
  const others = present.filter(
    ({ tenant, user }) => tenant.id === request.provider_tenant.id && user.id !== holder?.id,
  )
  return (
    <section>
      <h3 className={css.heading}>{request.provider_tenant.name}</h3>
      {!holder && others.length === 0 ? (
        <p className={css.none}>
          {request.submitted_at ? (
            <Trans>Nobody is assigned yet.</Trans>
          ) : (
            <Trans>The provider does not see the request before it is submitted.</Trans>
          )}
        </p>
      ) : (
        <ul className={css.list}>
          {holder && <Row person={holder} present={present} what={<Trans>Handles the request</Trans>} />}
          {others.map(({ user }) => (
            <Row key={user.id} person={user} present={present} what={<Trans>Can see the request</Trans>} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Colleagues({ request, present }: { request: LersRequest; present: readonly PresentPerson[] }) {
  const { t } = useLingui()
  const participants = useQuery(participantsQuery(request.id))
  const { remove } = useParticipants(request.id)
  const may = request.abilities.manage_participants
  return (
    <section>
      <h3 className={css.heading}>
        <Trans>Colleagues who were let in</Trans>
      </h3>
      <p className={css.note}>
        <Plural
          value={MOST_COLLEAGUES}
          one="Up to # colleague of your unit sees the request with its files and chat."
          other="Up to # colleagues of your unit see the request with its files and chat."
        />
      </p>
      <QueryState query={participants} lines={2}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <p className={css.none}>
                <Trans>Nobody yet.</Trans>
              </p>
            )}
            <ul className={css.list}>
              {items.map((person) => (
                <Row
                  key={person.id}
                  person={person}
                  present={present}
                  what={<Trans>Since {formatDateTime(person.added_at)}</Trans>}
                  action={
                    may && (
                      <ActionIcon
                        aria-label={t`Take ${person.name} out`}
                        loading={remove.isPending && remove.variables === person.id}
                        onClick={() => remove.mutate(person.id)}
                      >
                        <IconX size={16} />
                      </ActionIcon>
                    )
                  }
                />
              ))}
            </ul>
            <ErrorSummary problems={problemsOf(remove.error)} />
            {may && items.length < MOST_COLLEAGUES && <LetIn request={request} taken={items.map(({ id }) => id)} />}
          </>
        )}
      </QueryState>
    </section>
  )
}

function LetIn({ request, taken }: { request: LersRequest; taken: readonly string[] }) {
  const { t } = useLingui()
  const term = useTerm()
  const [chosen, setChosen] = useState<string | null>(null)
  const colleagues = useQuery(colleaguesQuery)
  const { add } = useParticipants(request.id)
  const free = (colleagues.data?.items ?? []).filter(({ id }) => id !== request.created_by?.id && !taken.includes(id))
  return (
    <>
      <div className={css.letIn}>
        <Select
          id="participant"
          label={t`Let a colleague in`}
          placeholder={t`Choose a colleague`}
          searchable
          nothingFoundMessage={t`Nobody of this name`}
          data={free.map(({ id, name, rank, role }) => ({
            value: id,
            label: `${rank ? `${name}, ${rank}` : name} – ${term('role', role)}`,
          }))}
          value={chosen}
          onChange={setChosen}
        />
        <Button
          disabled={chosen === null}
          loading={add.isPending}
          onClick={() => chosen && add.mutate(chosen, { onSuccess: () => setChosen(null) })}
        >
          <Trans>Let in</Trans>
        </Button>
      </div>
      <ErrorSummary problems={problemsOf(add.error, () => 'participant')} />
    </>
  )
}

interface RowProps {
  person: PersonLike
  present: readonly PresentPerson[]
  what: ReactNode
  action?: ReactNode
}

function Row({ person, present, what, action }: RowProps) {
  const term = useTerm()
  const found = present.find(({ user_id }) => user_id === person.id)
  const status = found?.status ?? 'OFFLINE'
  return (
    <li className={css.row}>
      <span className={clsx(css.dot, css[status.toLowerCase()])} aria-hidden />
      <span className={css.who}>
        <span>
          <strong>{person.name}</strong> {person.rank && <span className={css.rank}>{person.rank}</span>}
        </span>
        <span className={css.what}>{what}</span>
      </span>
      {found && (
        <span className={css.presence}>
          {status === 'OFFLINE' && found.last_seen ? (
            <Trans>
              Last seen <Time at={found.last_seen} />
            </Trans>
          ) : (
            term('presence', status)
          )}
        </span>
      )}
      {action}
    </li>
  )
}
