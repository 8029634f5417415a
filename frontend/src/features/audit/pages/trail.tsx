import { useLingui } from '@lingui/react/macro'
import { EmptyState, Page, Panel } from '~/ui/index.ts'

export default function TrailPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Audit: trail`}>
      <Panel>
        <EmptyState title={t`Nothing here yet`} />
      </Panel>
    </Page>
  )
}
