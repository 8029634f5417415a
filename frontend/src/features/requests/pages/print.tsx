import { useLingui } from '@lingui/react/macro'
import { EmptyState, Page, Panel } from '~/ui/index.ts'

export default function PrintPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Requests: print`}>
      <Panel>
        <EmptyState title={t`Nothing here yet`} />
      </Panel>
    </Page>
  )
}
