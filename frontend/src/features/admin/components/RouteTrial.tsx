/** Who can approve what: choose a request that might be made, see its route. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Schema } from '~/api/index.ts'
import { terms } from '~/i18n/index.ts'
import { Panel, QueryState } from '~/ui/index.ts'
import { routeQuery } from '../queries.ts'
import css from './admin.module.css'
import { RouteLevels } from './RouteLevels.tsx'

interface RouteTrialProps {
  /** The units that may be asked for; null where it is one's own. */
  units: readonly { id: string; name: string }[] | null
}

type Asked = Pick<Schema<'RouteIn'>, 'request_type' | 'legal_mandate_type' | 'priority'>

export function RouteTrial({ units }: RouteTrialProps) {
  const { t, i18n } = useLingui()
  const [unit, setUnit] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked>({ request_type: 'CDR', legal_mandate_type: 'BNSS_94', priority: 'NORMAL' })
  const chosen = unit ?? units?.[0]?.id
  const query = useQuery({
    ...routeQuery({ ...asked, ...(units && chosen && { tenant_id: chosen }) }),
    enabled: units === null || chosen !== undefined,
  })
  const choice = (name: keyof Asked, label: string, kind: 'requestType' | 'mandateType' | 'priority') => (
    <NativeSelect
      label={label}
      data={terms(i18n, kind)}
      value={asked[name] ?? ''}
      onChange={(event) => setAsked({ ...asked, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Panel
      title={<Trans>Who can approve what</Trans>}
      note={<Trans>As a request would be approved if it were sent for approval now</Trans>}
    >
      <div className={css.form}>
        {units && (
          <NativeSelect
            label={t`Unit`}
            data={units.map(({ id, name }) => ({ value: id, label: name }))}
            value={chosen ?? ''}
            onChange={(event) => setUnit(event.currentTarget.value)}
          />
        )}
        {choice('request_type', t`Type of request`, 'requestType')}
        {choice('legal_mandate_type', t`Mandate`, 'mandateType')}
        {choice('priority', t`Priority`, 'priority')}
        <QueryState query={query} lines={4}>
          {(route) => (
            <>
              <p className={css.dim}>
                {route.rule_id ? (
                  <Trans>A rule of the unit decides.</Trans>
                ) : (
                  <Trans>No rule fits: the usual one level, SHO or higher.</Trans>
                )}
              </p>
              <RouteLevels route={route} />
            </>
          )}
        </QueryState>
      </div>
    </Panel>
  )
}
