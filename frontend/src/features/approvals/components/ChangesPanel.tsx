/** What the officer changed since the request was sent back the last time. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { approvalsQuery, type LersRequest, timelineQuery } from '~/features/requests/index.ts'
import { Panel, Person, Time } from '~/ui/index.ts'
import { changesSince } from '../changes.ts'
import { FIELD_WORDS } from '../field-words.ts'
import css from './approvals.module.css'
import own from './inbox.module.css'

export function ChangesPanel({ request }: { request: LersRequest }) {
  const { t, i18n } = useLingui()
  const approvals = useQuery(approvalsQuery(request.id))
  const timeline = useQuery(timelineQuery(request.id))
  const found = approvals.data && timeline.data ? changesSince(approvals.data.items, timeline.data.items) : null
  if (!found) return null
  const { decision, fields } = found
  const word = (field: string) => {
    const known = FIELD_WORDS[field]
    return known ? i18n._(known) : field
  }
  return (
    <Panel title={t`Sent back before, and sent again`}>
      <div className={own.changes}>
        <p className={css.line}>
          <Person person={decision.approver} />, <Time at={decision.action_timestamp} style="datetime" />:
        </p>
        {decision.comments && <blockquote className={css.comments}>{decision.comments}</blockquote>}
        {fields.length > 0 ? (
          <>
            <p className={css.line}>
              <Trans>Since then the officer changed:</Trans>
            </p>
            <ul className={own.fields}>
              {fields.map((field) => (
                <li key={field}>{word(field)}</li>
              ))}
            </ul>
          </>
        ) : (
          <p className={own.unchanged}>
            <Trans>It was sent again without a change.</Trans>
          </p>
        )}
      </div>
    </Panel>
  )
}
