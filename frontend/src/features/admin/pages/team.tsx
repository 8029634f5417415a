import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { colleaguesQuery } from '~/features/requests/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { Page, Panel, Person, QueryState } from '~/ui/index.ts'
import { AddPersonButton } from '../components/AddPersonButton.tsx'
import { OwnPolicy } from '../components/OwnPolicy.tsx'
import { PeopleList } from '../components/PeopleList.tsx'
import { Table } from '../components/Table.tsx'

export default function TeamPage() {
  const me = useMe()
  return me.is_tenant_admin ? <Administered /> : <Colleagues />
}

function Administered() {
  const { t } = useLingui()
  const { id, name, type } = useMe().tenant
  const homes = useMemo(() => [{ id, name, type }], [id, name, type])
  const [adding, setAdding] = useState(false)
  return (
    <Page
      title={t`Team`}
      lead={<Trans>The people of {name} and the rules they work by.</Trans>}
      actions={<AddPersonButton onClick={() => setAdding(true)} />}
    >
      <PeopleList platform={false} homes={homes} adding={adding} setAdding={setAdding} />
      <OwnPolicy />
    </Page>
  )
}

/** For everybody else: who there is to ask. */
function Colleagues() {
  const { t } = useLingui()
  const term = useTerm()
  const me = useMe()
  const query = useQuery(colleaguesQuery)
  return (
    <Page
      title={t`Team`}
      lead={<Trans>The people of {me.tenant.name}. An administrator of it adds and changes them.</Trans>}
    >
      <Panel flush>
        <QueryState query={query}>
          {({ items }) => (
            <Table
              label={t`Team`}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { label: t`Name`, cell: (person) => <Person person={person} /> },
                { label: t`Role`, cell: ({ role }) => term('role', role) },
              ]}
            />
          )}
        </QueryState>
      </Panel>
    </Page>
  )
}
