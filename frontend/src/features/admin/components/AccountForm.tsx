/** What stands in an account, and what an administrator may do with it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import clsx from 'clsx'
import { type FormEvent, useState } from 'react'
import { ErrorSummary, type FieldProblem, problemsOf, Time } from '~/ui/index.ts'
import { personChanged } from '../audit-line.ts'
import { changesOf, formOf, missingOf, type TenantType } from '../person-form.ts'
import { type Person, useInvite, useSavePerson } from '../queries.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'
import { InvitationLink } from './InvitationLink.tsx'
import { PersonFields, personFieldId, useMissingWords } from './PersonFields.tsx'
import { PersonState } from './PersonState.tsx'
import { SecondFactor } from './SecondFactor.tsx'

export function AccountForm({ person, onClosing }: { person: Person; onClosing: () => void }) {
  const { t } = useLingui()
  const [form, setForm] = useState(formOf(person))
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const words = useMissingWords()
  const save = useSavePerson(person)
  const may = person.abilities
  const changes = changesOf(person, form)
  const line = personChanged(changes)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const found = words(missingOf(form, false))
    setProblems(found)
    if (found.length > 0 || !line) return
    save.mutate(changes, {
      onSuccess: () => notifications.show({ message: t`The account of ${person.name} is saved` }),
    })
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
      <p className={css.badges}>
        <PersonState person={person} />
        <span className={css.dim}>
          {person.tenant.name} ·{' '}
          {person.last_login_at ? (
            <Trans>
              last signed in <Time at={person.last_login_at} />
            </Trans>
          ) : (
            <Trans>never signed in</Trans>
          )}
        </span>
      </p>
      <SecondFactor person={person} />
      <ErrorSummary problems={problems.length > 0 ? problems : problemsOf(save.error, personFieldId)} />
      <PersonFields
        form={form}
        onChange={setForm}
        tenantType={person.tenant.type as TenantType}
        adding={false}
        rights={may.change_role ?? false}
      />
      <AuditPreview line={line} object={person.name} />
      <div className={css.buttons}>
        {may.deactivate && (
          <Button variant="default" className={clsx(css.danger, css.apart)} onClick={onClosing}>
            <Trans>Close the account…</Trans>
          </Button>
        )}
        {may.reactivate && <Reopen person={person} />}
        {may.update && (
          <Button type="submit" loading={save.isPending} disabled={!line}>
            <Trans>Save</Trans>
          </Button>
        )}
      </div>
      {may.update && person.state === 'INVITED' && person.is_active && <Invite person={person} />}
    </form>
  )
}

function Reopen({ person }: { person: Person }) {
  const save = useSavePerson(person)
  return (
    <div className={css.apart}>
      <ErrorSummary problems={problemsOf(save.error)} />
      <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ is_active: true })}>
        <Trans>Open the account again</Trans>
      </Button>
    </div>
  )
}

function Invite({ person }: { person: Person }) {
  const invite = useInvite()
  return (
    <>
      {invite.data ? (
        <InvitationLink invitation={invite.data} />
      ) : (
        <p className={css.note}>
          <Trans>
            This person has not set a password yet. A new invitation makes every older link of theirs useless.
          </Trans>
        </p>
      )}
      <ErrorSummary problems={problemsOf(invite.error)} />
      <div className={css.buttons}>
        <Button variant="default" loading={invite.isPending} onClick={() => invite.mutate(person.id)}>
          <Trans>Make a new invitation</Trans>
        </Button>
      </div>
    </>
  )
}
