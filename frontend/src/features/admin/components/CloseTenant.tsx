/** Closing an organisation: what it means for its people. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ErrorSummary, problemsOf } from '~/ui/index.ts'
import { tenantChanged } from '../audit-line.ts'
import { activePeopleQuery, type Tenant, useSaveTenant } from '../queries.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'

interface CloseTenantProps {
  tenant: Tenant
  onBack: () => void
  onDone: () => void
}

export function CloseTenant({ tenant, onBack, onDone }: CloseTenantProps) {
  const { t } = useLingui()
  const people = useQuery(activePeopleQuery(tenant.id))
  const save = useSaveTenant(tenant)
  return (
    <div className={css.form}>
      <p className={css.text}>
        <Trans>
          Nobody of {tenant.name} can sign in any more, and whoever is signed in is signed out at once. Requests and the
          audit trail stay as they are. The organisation can be opened again.
        </Trans>
      </p>
      {people.data && people.data.total > 0 && (
        <p className={clsx(css.note, css.warn)}>
          <Plural
            value={people.data.total}
            one="It concerns # person with an open account."
            other="It concerns # people with open accounts."
          />
        </p>
      )}
      <ErrorSummary problems={problemsOf(save.error, () => undefined)} />
      <AuditPreview line={tenantChanged({ is_active: false })} object={tenant.name} />
      <div className={css.buttons}>
        <Button variant="default" className={css.apart} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button
          className={css.dangerFilled}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { is_active: false },
              {
                onSuccess: () => {
                  notifications.show({ message: t`${tenant.name} is closed` })
                  onDone()
                },
              },
            )
          }
        >
          <Trans>Close the organisation</Trans>
        </Button>
      </div>
    </div>
  )
}
