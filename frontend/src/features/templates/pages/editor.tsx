import { useLingui } from '@lingui/react/macro'
import { EmptyState, Page, Panel } from '~/ui/index.ts'

export default function EditorPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Templates: editor`}>
      <Panel>
        <EmptyState title={t`Nothing here yet`} />
      </Panel>
    </Page>
  )
}
