/** The rules of one's own organisation, for whoever administers it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { ErrorSummary, Panel, problemsOf, QueryState } from '~/ui/index.ts'
import { tenantChanged } from '../audit-line.ts'
import { type Tenant, tenantQuery, useSaveTenant } from '../queries.ts'
import { tenantChanges, tenantForm } from '../tenant-form.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'
import { PolicyFields } from './PolicyFields.tsx'

export function OwnPolicy() {
  const me = useMe()
  const query = useQuery(tenantQuery(me.tenant.id))
  return (
    <Panel title={<Trans>Rules of the organisation</Trans>}>
      <QueryState query={query} lines={6}>
        {(tenant) => <PolicyForm key={tenant.version} tenant={tenant} />}
      </QueryState>
    </Panel>
  )
}

function PolicyForm({ tenant }: { tenant: Tenant }) {
  const { t } = useLingui()
  const [form, setForm] = useState(tenantForm(tenant))
  const save = useSaveTenant(tenant)
  const changes = tenantChanges(tenant, form)
  const line = tenantChanged(changes)
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(changes, { onSuccess: () => notifications.show({ message: t`The rules are saved` }) })
      }}
    >
      <ErrorSummary problems={problemsOf(save.error, () => undefined)} />
      <PolicyFields
        policy={form.policy}
        onChange={(policy) => setForm({ ...form, policy })}
        type={tenant.type}
        disabled={!tenant.abilities.change_policy}
      />
      {line && (
        <>
          <AuditPreview line={line} object={tenant.name} />
          <div className={css.buttons}>
            <Button variant="default" onClick={() => setForm(tenantForm(tenant))}>
              <Trans>Undo</Trans>
            </Button>
            <Button type="submit" loading={save.isPending}>
              <Trans>Save</Trans>
            </Button>
          </div>
        </>
      )}
    </form>
  )
}
