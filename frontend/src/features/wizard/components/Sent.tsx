/** After a draft was sent: that it is, under which number, and what happens next. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { formatDuration } from '~/i18n/index.ts'
import { CopyText, Page, Panel } from '~/ui/index.ts'
import type { DraftOut } from '../draft.ts'
import type { Terms } from '../queries.ts'
import { promisedHours } from '../steps.ts'
import css from './wizard.module.css'

export function Sent({ request, terms }: { request: DraftOut; terms: Terms | null }) {
  const { t } = useLingui()
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => head.current?.focus(), [])
  const hours = terms ? promisedHours(terms, request.priority) : null
  return (
    <Page title={t`Sent for approval`} narrow>
      <div className={css.sent} ref={head} tabIndex={-1} role="status">
        <IconCircleCheck size={28} aria-hidden />
        <div>
          <p>
            <Trans>The request was sent for approval.</Trans>
          </p>
          <CopyText value={request.request_number} mono={false} />
        </div>
      </div>
      <Panel title={t`What happens next`}>
        <ol className={css.next}>
          {(request.approval_route ?? []).map((level) => (
            <li key={level.level} className={css.nextStep}>
              <span>
                <Trans>
                  An approver of rank {level.min_rank} or above decides and signs. You are told of the decision; asked
                  for changes, you find it among your drafts again.
                </Trans>
              </span>
            </li>
          ))}
          <li className={css.nextStep}>
            <span>
              <Trans>
                Approved, the request goes to {request.provider_tenant.name}, and its clock starts. Where your unit
                sends by hand, you press “Submit” first.
              </Trans>
            </span>
          </li>
          <li className={css.nextStep}>
            <span>
              {hours === null ? (
                <Trans>The provider acknowledges and answers. You review what it sends.</Trans>
              ) : (
                <Trans>The provider answers within {formatDuration(hours * 3600)}. You review what it sends.</Trans>
              )}
            </span>
          </li>
        </ol>
      </Panel>
      <div className={css.buttons}>
        <Button component={Link} to={`/requests/${request.id}`}>
          <Trans>Open the request</Trans>
        </Button>
        <Button component={Link} variant="default" to="/requests/new" search={{ copy: request.id } as never}>
          <Trans>Make another like it</Trans>
        </Button>
        <Button component={Link} variant="default" to="/requests">
          <Trans>All requests</Trans>
        </Button>
      </div>
    </Page>
  )
}
