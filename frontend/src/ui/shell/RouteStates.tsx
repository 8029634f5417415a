/** What a route shows when it is not there or broke. */
import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconMapQuestion, IconMoodPuzzled } from '@tabler/icons-react'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import { Problem } from '~/api/index.ts'
import { EmptyState } from '../EmptyState.tsx'
import { Page, Panel } from '../Page.tsx'

export function NotFound() {
  return (
    <Page title={<Trans>There is no such page</Trans>} documentTitle="404">
      <Panel>
        <EmptyState
          icon={<IconMapQuestion size={22} stroke={1.6} />}
          title={<Trans>The address leads nowhere</Trans>}
          action={
            <Button component={Link} to="/" variant="default">
              <Trans>To the dashboard</Trans>
            </Button>
          }
        >
          <Trans>It may be from an older version, or it was cut when it was copied.</Trans>
        </EmptyState>
      </Panel>
    </Page>
  )
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const requestId = error instanceof Problem ? error.requestId : null
  return (
    <Page title={<Trans>This page could not be shown</Trans>} documentTitle="LERS">
      <Panel>
        <EmptyState
          icon={<IconMoodPuzzled size={22} stroke={1.6} />}
          title={error instanceof Problem ? error.message : <Trans>A part of the portal did not load, or broke</Trans>}
          action={
            <Button variant="default" onClick={reset}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {requestId ? <Trans>Request id {requestId}</Trans> : <Trans>What you had entered elsewhere is kept.</Trans>}
        </EmptyState>
      </Panel>
    </Page>
  )
}
