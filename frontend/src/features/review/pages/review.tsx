import { useLingui } from '@lingui/react/macro'
import { EmptyState, Page, Panel } from '~/ui/index.ts'

export default function ReviewPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Review: review`}>
      <Panel>
        <EmptyState title={t`Nothing here yet`} />
      </Panel>
    </Page>
  )
}
