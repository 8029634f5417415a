import { useLingui } from '@lingui/react/macro'
import { EmptyState, Page, Panel } from '~/ui/index.ts'

export default function TenantsPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Admin: tenants`}>
      <Panel>
        <EmptyState title={t`Nothing here yet`} />
      </Panel>
    </Page>
  )
}
