/** An organisation: its name, where it belongs, and its rules. New ones get a kind and a short name for good. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import clsx from 'clsx'
import { type FormEvent, useState } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { tenantAdded, tenantChanged } from '../audit-line.ts'
import { type Tenant, useAddTenant, useSaveTenant } from '../queries.ts'
import {
  CODE,
  DEFAULT_POLICY,
  emptyTenant,
  type TenantForm as Form,
  policyChanges,
  tenantChanges,
  tenantForm,
} from '../tenant-form.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'
import { PolicyFields } from './PolicyFields.tsx'

const fieldId = (name: string) => `tenant-${name.split('.')[0]}`

interface TenantFormProps {
  /** All organisations, to choose the one that it belongs to. */
  tenants: readonly Tenant[]
  onClose: () => void
}

export function AddTenant({ tenants, onClose }: TenantFormProps) {
  const { t } = useLingui()
  const [form, setForm] = useState(emptyTenant)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const add = useAddTenant()
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    const found: FieldProblem[] = []
    if (!form.name.trim()) found.push({ field: fieldId('name'), message: t`Enter the name.` })
    if (!CODE.test(form.code))
      found.push({ field: fieldId('code'), message: t`Use 2 to 12 capital letters and digits.` })
    setProblems(found)
    if (found.length > 0) return
    const { name, code, type, parent_id } = form
    const policy = policyChanges(DEFAULT_POLICY, form.policy)
    add.mutate(
      { name: name.trim(), code, type, parent_id, policy },
      {
        onSuccess: () => {
          notifications.show({ message: t`${name} is added` })
          onClose()
        },
      },
    )
  }
  return (
    <Frame onSubmit={submit}>
      <ErrorSummary problems={problems.length > 0 ? problems : problemsOf(add.error, fieldId)} />
      <Fields form={form} setForm={setForm} tenants={tenants} adding />
      <PolicyFields policy={form.policy} onChange={(policy) => setForm({ ...form, policy })} type={form.type} />
      <AuditPreview line={form.code ? tenantAdded(form) : null} object={form.name.trim() || t`new organisation`} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={add.isPending}>
          <Trans>Add the organisation</Trans>
        </Button>
      </div>
    </Frame>
  )
}

interface EditTenantProps extends TenantFormProps {
  tenant: Tenant
  onClosing: () => void
}

export function EditTenant({ tenant, tenants, onClose, onClosing }: EditTenantProps) {
  const { t } = useLingui()
  const [form, setForm] = useState(() => tenantForm(tenant))
  const save = useSaveTenant(tenant)
  const may = tenant.abilities
  const changes = tenantChanges(tenant, form)
  const line = tenantChanged(changes)
  const reopen = () => save.mutate({ is_active: true })
  return (
    <Frame
      onSubmit={(event) => {
        event?.preventDefault()
        if (!line) return
        save.mutate(changes, {
          onSuccess: () => {
            notifications.show({ message: t`${form.name} is saved` })
            onClose()
          },
        })
      }}
    >
      <ErrorSummary problems={problemsOf(save.error, fieldId)} />
      <Fields
        form={form}
        setForm={setForm}
        tenants={tenants.filter(({ id }) => id !== tenant.id)}
        disabled={!may.update}
      />
      <PolicyFields
        policy={form.policy}
        onChange={(policy) => setForm({ ...form, policy })}
        type={form.type}
        disabled={!may.change_policy}
      />
      <AuditPreview line={line} object={tenant.name} />
      <div className={css.buttons}>
        {may.deactivate && (
          <Button variant="default" className={clsx(css.danger, css.apart)} onClick={onClosing}>
            <Trans>Close the organisation…</Trans>
          </Button>
        )}
        {may.update && !tenant.is_active && (
          <Button variant="default" className={css.apart} loading={save.isPending} onClick={reopen}>
            <Trans>Open the organisation again</Trans>
          </Button>
        )}
        {may.change_policy && (
          <Button type="submit" loading={save.isPending} disabled={!line}>
            <Trans>Save</Trans>
          </Button>
        )}
      </div>
    </Frame>
  )
}

function Frame({ onSubmit, children }: { onSubmit: (event?: FormEvent) => void; children: React.ReactNode }) {
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSubmit()
      }}
    >
      {children}
    </form>
  )
}

interface FieldsProps {
  form: Form
  setForm: (form: Form) => void
  tenants: readonly Tenant[]
  adding?: boolean
  disabled?: boolean
}

function Fields({ form, setForm, tenants, adding = false, disabled }: FieldsProps) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <>
      <TextInput
        id={fieldId('name')}
        data-autofocus
        label={t`Name`}
        required
        disabled={disabled}
        maxLength={200}
        value={form.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <div className={css.pair}>
        <NativeSelect
          id={fieldId('type')}
          label={t`Kind`}
          disabled={!adding}
          data={(adding ? ['LAW_ENFORCEMENT', 'PROVIDER'] : [form.type]).map((value) => ({
            value,
            label: term('tenantType', value),
          }))}
          value={form.type}
          onChange={(event) => setForm({ ...form, type: event.currentTarget.value as Form['type'] })}
        />
        <TextInput
          id={fieldId('code')}
          label={t`Short name`}
          description={t`It stands in request numbers. Kind and short name never change.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          required={adding}
          disabled={!adding}
          maxLength={12}
          value={form.code}
          onChange={(event) => setForm({ ...form, code: event.currentTarget.value.toUpperCase() })}
        />
      </div>
      <Select
        id={fieldId('parent_id')}
        label={t`Belongs to`}
        description={t`For order only: it gives nobody a right.`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={t`Stands by itself`}
        disabled={disabled}
        clearable
        clearButtonProps={{ 'aria-label': t`Stands by itself` }}
        searchable
        data={tenants.filter(({ type }) => type === form.type).map(({ id, name }) => ({ value: id, label: name }))}
        value={form.parent_id}
        onChange={(parent_id) => setForm({ ...form, parent_id })}
      />
    </>
  )
}
