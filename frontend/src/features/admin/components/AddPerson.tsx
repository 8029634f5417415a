/** Adding a person: their account, then the invitation by which they come in. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { personAdded } from '../audit-line.ts'
import { bodyOf, emptyForm, missingOf, type TenantType } from '../person-form.ts'
import { type Tenant, useAddPerson, useInvite } from '../queries.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'
import { InvitationLink } from './InvitationLink.tsx'
import { PersonFields, personFieldId, useMissingWords } from './PersonFields.tsx'

type Home = Pick<Tenant, 'id' | 'name' | 'type'>

interface AddPersonProps {
  /** The organisations that may be chosen; a single one is the person's. */
  homes: readonly Home[]
  onClose: () => void
}

export function AddPerson({ homes, onClose }: AddPersonProps) {
  const { t } = useLingui()
  const only = homes.length === 1 ? homes[0] : undefined
  const [home, setHome] = useState<Home | undefined>(only)
  const [form, setForm] = useState(emptyForm((only?.type ?? 'LAW_ENFORCEMENT') as TenantType))
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const words = useMissingWords()
  const add = useAddPerson()
  const invite = useInvite()
  const choose = (next: Home | undefined) => {
    setHome(next)
    if (next && next.type !== home?.type) {
      const { role, rank, is_tenant_admin } = emptyForm(next.type as TenantType)
      setForm({ ...form, role, rank, is_tenant_admin })
    }
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const found: FieldProblem[] = words(missingOf(form, true))
    if (!home) found.unshift({ field: personFieldId('tenant_id'), message: t`Choose the organisation.` })
    setProblems(found)
    if (!home || found.length > 0) return
    add.mutate(bodyOf(form, home.id), { onSuccess: (person) => invite.mutate(person.id) })
  }
  if (add.data) return <Added name={add.data.name} id={add.data.id} invite={invite} onClose={onClose} />
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <ErrorSummary problems={problems.length > 0 ? problems : problemsOf(add.error, personFieldId)} />
      {!only && (
        <Select
          id={personFieldId('tenant_id')}
          label={t`Organisation`}
          required
          searchable
          data={homes.map(({ id, name }) => ({ value: id, label: name }))}
          value={home?.id ?? null}
          onChange={(id) => choose(homes.find((each) => each.id === id))}
        />
      )}
      <PersonFields
        form={form}
        onChange={setForm}
        tenantType={(home?.type ?? 'LAW_ENFORCEMENT') as TenantType}
        adding
        rights
      />
      <AuditPreview line={home ? personAdded(form, home.name) : null} object={form.full_name.trim() || t`new person`} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={add.isPending}>
          <Trans>Add and invite</Trans>
        </Button>
      </div>
    </form>
  )
}

interface AddedProps {
  name: string
  id: string
  invite: ReturnType<typeof useInvite>
  onClose: () => void
}

function Added({ name, id, invite, onClose }: AddedProps) {
  return (
    <div className={css.form}>
      <p className={css.text}>
        <Trans>{name} has an account now, and needs a password to use it.</Trans>
      </p>
      {invite.data && <InvitationLink invitation={invite.data} />}
      <ErrorSummary problems={problemsOf(invite.error)} />
      <div className={css.buttons}>
        {Boolean(invite.error) && (
          <Button variant="default" onClick={() => invite.mutate(id)}>
            <Trans>Make the invitation again</Trans>
          </Button>
        )}
        <Button onClick={onClose} loading={invite.isPending}>
          <Trans>Done</Trans>
        </Button>
      </div>
    </div>
  )
}
