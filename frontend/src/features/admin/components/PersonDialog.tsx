/** One person's account: what stands in it, what they may do and why, and the way out of it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog, QueryState } from '~/ui/index.ts'
import { type Person, personQuery } from '../queries.ts'
import { AccountForm } from './AccountForm.tsx'
import { CloseAccount } from './CloseAccount.tsx'
import { RightsPanel } from './RightsPanel.tsx'

interface PersonDialogProps {
  id: string | undefined
  onClose: () => void
}

export function PersonDialog({ id, onClose }: PersonDialogProps) {
  const { t } = useLingui()
  // The account stays while the dialog fades out.
  const [shown, setShown] = useState(id)
  if (id && id !== shown) setShown(id)
  const query = useQuery({ ...personQuery(shown ?? ''), enabled: shown !== undefined })
  return (
    <Dialog opened={id !== undefined} onClose={onClose} title={query.data?.name ?? t`Account`} size="xl">
      <QueryState query={query} lines={8}>
        {(person) => <Account key={person.id} person={person} onClose={onClose} />}
      </QueryState>
    </Dialog>
  )
}

function Account({ person, onClose }: { person: Person; onClose: () => void }) {
  const [closing, setClosing] = useState(false)
  if (closing) return <CloseAccount person={person} onBack={() => setClosing(false)} onDone={onClose} />
  return (
    <Tabs defaultValue="account">
      <Tabs.List mb="md">
        <Tabs.Tab value="account">
          <Trans>Account</Trans>
        </Tabs.Tab>
        <Tabs.Tab value="rights">
          <Trans>What they may do, and why</Trans>
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="account">
        {/* A version that was changed meanwhile starts a form of its own. */}
        <AccountForm key={person.version} person={person} onClosing={() => setClosing(true)} />
      </Tabs.Panel>
      <Tabs.Panel value="rights">
        <RightsPanel person={person} />
      </Tabs.Panel>
    </Tabs>
  )
}
