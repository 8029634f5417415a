import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog, QueryState } from '~/ui/index.ts'
import { type Tenant, tenantQuery } from '../queries.ts'
import css from './admin.module.css'
import { CloseTenant } from './CloseTenant.tsx'
import { EditTenant } from './TenantForm.tsx'

interface TenantDialogProps {
  id: string | undefined
  tenants: readonly Tenant[]
  onClose: () => void
}

export function TenantDialog({ id, tenants, onClose }: TenantDialogProps) {
  // The organisation stays while the dialog fades out.
  const [shown, setShown] = useState(id)
  if (id && id !== shown) setShown(id)
  const query = useQuery({ ...tenantQuery(shown ?? ''), enabled: shown !== undefined })
  return (
    <Dialog
      opened={id !== undefined}
      onClose={onClose}
      title={query.data?.name ?? <Trans>Organisation</Trans>}
      size="lg"
    >
      <QueryState query={query} lines={8}>
        {(tenant) => <One key={`${tenant.id} ${tenant.version}`} tenant={tenant} tenants={tenants} onClose={onClose} />}
      </QueryState>
    </Dialog>
  )
}

function One({ tenant, tenants, onClose }: { tenant: Tenant; tenants: readonly Tenant[]; onClose: () => void }) {
  const [closing, setClosing] = useState(false)
  if (closing) return <CloseTenant tenant={tenant} onBack={() => setClosing(false)} onDone={onClose} />
  return (
    <div className={css.form}>
      <div>
        <Button
          component={Link}
          to={'/admin/users' as '/'}
          search={{ tenant_id: tenant.id } as never}
          variant="default"
          size="xs"
        >
          <Trans>See its people</Trans>
        </Button>
      </div>
      <EditTenant tenant={tenant} tenants={tenants} onClose={onClose} onClosing={() => setClosing(true)} />
    </div>
  )
}
