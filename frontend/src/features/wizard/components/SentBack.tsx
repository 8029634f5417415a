/** Why an approver gave the draft back: it stands above every step until it is sent again. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Person, Time } from '~/ui/index.ts'
import type { DraftOut } from '../draft.ts'
import { approvalsQuery } from '../queries.ts'
import css from './wizard.module.css'

export function SentBack({ request }: { request: DraftOut }) {
  const wasSent = Boolean(request.first_sent_for_approval_at)
  const approvals = useQuery({ ...approvalsQuery(request.id), enabled: wasSent })
  const asked = approvals.data?.items
    .filter((each) => each.action === 'REQUEST_CHANGES')
    .reduce<(typeof approvals.data.items)[number] | null>(
      (latest, each) => (latest && latest.action_timestamp > each.action_timestamp ? latest : each),
      null,
    )
  if (!asked) return null
  return (
    <section className={css.banner}>
      <h2>
        <Trans>Changes were asked for</Trans>
      </h2>
      {asked.comments && <p className={css.preserve}>{asked.comments}</p>}
      {asked.reasons.length > 0 && <p>{asked.reasons.join(' · ')}</p>}
      <p className={css.hint}>
        <Person person={asked.approver} />, <Time at={asked.action_timestamp} style="datetime" />
      </p>
    </section>
  )
}
