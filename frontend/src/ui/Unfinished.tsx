/** A place whose screen is not built yet: says so, and where its work can be done meanwhile. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconTools } from '@tabler/icons-react'
import { EmptyState } from './EmptyState.tsx'
import { Page, Panel } from './Page.tsx'

export function Unfinished() {
  const { t } = useLingui()
  return (
    <Page title={t`This screen is not built yet`}>
      <Panel>
        <EmptyState
          icon={<IconTools size={22} stroke={1.6} />}
          title={<Trans>Its work can be done by the API meanwhile</Trans>}
          action={
            <Button component="a" href="/api/v1/docs/" variant="default">
              <Trans>API documentation</Trans>
            </Button>
          }
        >
          <Trans>Everything else in this portal works without it.</Trans>
        </EmptyState>
      </Panel>
    </Page>
  )
}
