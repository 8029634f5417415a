/** Somebody is signed in whose work is in the other portal. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { type Me, signOut } from '~/auth/index.ts'
import { EmptyState } from '../EmptyState.tsx'
import { Page, Panel } from '../Page.tsx'
import type { Portal } from './portal.ts'

export function WrongPortal({ portal, me }: { portal: Portal; me: Me }) {
  const { i18n } = useLingui()
  const other = i18n._(portal.otherName)
  return (
    <main>
      <Page title={<Trans>Your work is in the {other}</Trans>} documentTitle="LERS" narrow>
        <Panel>
          <EmptyState
            icon={<IconArrowsExchange size={22} stroke={1.6} />}
            title={<Trans>You are signed in as {me.name}</Trans>}
            action={
              <>
                <Button component="a" href={portal.otherPath}>
                  <Trans>Go to the {other}</Trans>
                </Button>
                <Button variant="default" onClick={() => void signOut()}>
                  <Trans>Sign out</Trans>
                </Button>
              </>
            }
          >
            <Trans>A browser holds one session at a time. Sign out to come in with another account.</Trans>
          </EmptyState>
        </Panel>
      </Page>
    </main>
  )
}
