import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Page } from '~/ui/index.ts'
import { AddPersonButton } from '../components/AddPersonButton.tsx'
import { PeopleList } from '../components/PeopleList.tsx'
import { tenantsQuery } from '../queries.ts'

const NONE: never[] = []

export default function UsersPage() {
  const { t } = useLingui()
  const tenants = useQuery(tenantsQuery({ is_active: true }))
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t`Users`}
      lead={<Trans>Everybody with an account. Open one to see what they may do, and why.</Trans>}
      actions={<AddPersonButton onClick={() => setAdding(true)} />}
    >
      <PeopleList platform homes={tenants.data ?? NONE} adding={adding} setAdding={setAdding} />
    </Page>
  )
}
