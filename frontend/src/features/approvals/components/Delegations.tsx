/** Who decides in whose place, and until when: one's own delegations, and those that one was given. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconUserShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { Dialog, EmptyState, ErrorSummary, Panel, problemsOf, QueryState, useNow } from '~/ui/index.ts'
import { stateOf } from '../delegation.ts'
import { type Delegation, delegationsQuery, useEndDelegation } from '../queries.ts'
import { DelegationForm } from './DelegationForm.tsx'
import { DelegationRow } from './DelegationRow.tsx'
import css from './delegations.module.css'

export function Delegations() {
  const { t } = useLingui()
  const delegations = useQuery(delegationsQuery)
  const [adding, setAdding] = useState(false)
  return (
    <>
      <Panel
        title={t`Delegations`}
        note={t`While you are away, another approver decides in your place, with your rank.`}
        actions={
          <Button size="xs" onClick={() => setAdding(true)}>
            <Trans>Delegate</Trans>
          </Button>
        }
        flush
      >
        <QueryState query={delegations} lines={3}>
          {({ items }) => <Lists items={items} />}
        </QueryState>
      </Panel>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t`Delegate your approvals`}>
        <DelegationForm onDone={() => setAdding(false)} />
      </Dialog>
    </>
  )
}

function Lists({ items }: { items: readonly Delegation[] }) {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(60_000)
  const end = useEndDelegation()
  const living = items.filter((each) => stateOf(each, now) !== 'over')
  const mine = living.filter(({ from_user }) => from_user.id === me.id)
  const given = living.filter(({ to_user }) => to_user.id === me.id)
  const others = living.filter((each) => !mine.includes(each) && !given.includes(each))
  if (living.length === 0) {
    return (
      <EmptyState icon={<IconUserShare size={22} stroke={1.6} />} title={<Trans>Nobody decides in your place</Trans>}>
        <Trans>Delegate before you go on leave, so that no request waits for you.</Trans>
      </EmptyState>
    )
  }
  const rows = (title: string, list: readonly Delegation[]) =>
    list.length > 0 && (
      <section>
        <h3 className={css.part}>{title}</h3>
        <ul className={css.rows}>
          {list.map((each) => (
            <DelegationRow
              key={each.id}
              delegation={each}
              now={now}
              ending={end.isPending && end.variables.id === each.id}
              onEnd={() => end.mutate(each)}
            />
          ))}
        </ul>
      </section>
    )
  return (
    <div className={css.lists}>
      {Boolean(end.error) && (
        <div className={css.problem}>
          <ErrorSummary problems={problemsOf(end.error, () => undefined)} />
        </div>
      )}
      {rows(t`You delegated`, mine)}
      {rows(t`You decide for`, given)}
      {rows(t`Others of your unit`, others)}
    </div>
  )
}
