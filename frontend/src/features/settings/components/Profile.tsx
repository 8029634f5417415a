import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMe } from '~/auth/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { Facts, Panel, Time, ToneBadge } from '~/ui/index.ts'

export function Profile() {
  const me = useMe()
  const term = useTerm()
  return (
    <Panel
      title={<Trans>Who you are here</Trans>}
      note={<Trans>Your administrator changes these. What you signed keeps the name and rank that you had.</Trans>}
      actions={
        me.is_tenant_admin && (
          <Button component={Link} to="/team" variant="default">
            <Trans>Manage the team</Trans>
          </Button>
        )
      }
    >
      <Facts
        rows={[
          [<Trans key="name">Name</Trans>, me.full_name],
          [<Trans key="mail">E-mail</Trans>, me.email],
          [<Trans key="role">Role</Trans>, term('role', me.role)],
          [<Trans key="rank">Rank</Trans>, me.rank],
          [<Trans key="badge">Badge number</Trans>, me.badge_number],
          [<Trans key="unit">Unit</Trans>, me.unit],
          [<Trans key="phone">Phone</Trans>, me.phone],
          [<Trans key="tenant">Organisation</Trans>, me.tenant?.name],
          [
            <Trans key="admin">Administration</Trans>,
            me.is_tenant_admin ? (
              <ToneBadge key="yes" tone="info">
                <Trans>Administers this organisation</Trans>
              </ToneBadge>
            ) : null,
          ],
          [<Trans key="last">Last sign-in</Trans>, <Time key="at" at={me.last_login_at} style="datetime" />],
        ]}
      />
    </Panel>
  )
}
