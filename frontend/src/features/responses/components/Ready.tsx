/** Beside the form: whom it answers, what is done and what is not, and the way on. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { LersRequest } from '~/features/requests/index.ts'
import { formatPlainDate, useTerm } from '~/i18n/index.ts'
import { Keys } from '~/ui/hotkeys.tsx'
import { Facts, Panel } from '~/ui/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import type { DraftProblem, Subject } from '../body.ts'
import type { Draft } from '../draft.ts'
import css from './respond.module.css'

interface ReadyProps {
  request: LersRequest
  draft: Draft
  subject: Subject
  problems: readonly DraftProblem[]
  onCheck: () => void
}

export function Ready(props: ReadyProps) {
  const { t } = useLingui()
  return (
    <div className={css.aside}>
      <RequestPanel request={props.request} />
      <Panel title={t`Ready to send?`}>
        <div className={css.stack}>
          <Todo {...props} />
          <Button fullWidth onClick={props.onCheck} rightSection={<Keys keys="Ctrl+Enter" />}>
            <Trans>Check and send</Trans>
          </Button>
          <p className={css.dim}>
            <Trans>What you enter is kept on this device until it is sent.</Trans>
          </p>
        </div>
      </Panel>
    </div>
  )
}

function RequestPanel({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const term = useTerm()
  const { date_range_from: from, date_range_to: to } = request
  return (
    <Panel title={t`What is asked`}>
      <div className={css.stack}>
        <SlaClock request={request} variant="full" />
        <Facts
          rows={[
            [
              t`Request`,
              <Anchor key="request" component={Link} to={`/requests/${request.id}` as string} inherit>
                {request.request_number}
              </Anchor>,
            ],
            [t`Asked by`, request.agency_tenant.name],
            [t`Kind`, term('requestType', request.request_type)],
            [
              t`Period`,
              from || to ? t`${from ? formatPlainDate(from) : '…'} to ${to ? formatPlainDate(to) : '…'}` : null,
            ],
          ]}
        />
        {request.description && <p className={css.description}>{request.description}</p>}
      </div>
    </Panel>
  )
}

function Todo({ draft, subject, problems }: ReadyProps) {
  const has = (...codes: DraftProblem['code'][]) => problems.some(({ code }) => codes.includes(code))
  if (draft.kind === 'none') {
    return (
      <ul className={css.todo}>
        <Item done={!has('none_reason', 'text_needed')}>
          <Trans>The reason why there is no data</Trans>
        </Item>
      </ul>
    )
  }
  const answeredCount = subject.open.filter((id) => draft.answers[id]).length
  return (
    <ul className={css.todo}>
      {subject.ids.length > 0 && (
        <Item done={!has('no_outcome', 'no_reason')}>
          <Trans>
            Outcomes: {answeredCount} of {subject.open.length}
          </Trans>
        </Item>
      )}
      <Item done={draft.files.length > 0 && !has('scanning', 'infected', 'other_bytes', 'sending', 'too_many')}>
        {draft.files.length === 0 ? (
          <Trans>Files: none yet</Trans>
        ) : has('infected', 'other_bytes') ? (
          <Trans>Files: one of them cannot be sent</Trans>
        ) : has('scanning', 'sending') ? (
          <Trans>Files: on their way or being scanned</Trans>
        ) : (
          <Plural value={draft.files.length} one="# file, clean" other="# files, all clean" />
        )}
      </Item>
      <Item done={draft.text.trim() !== ''}>
        {draft.text.trim() ? <Trans>A text</Trans> : <Trans>No text (optional)</Trans>}
      </Item>
    </ul>
  )
}

function Item({ done, children }: { done: boolean; children: ReactNode }) {
  const Icon = done ? IconCircleCheck : IconCircleDashed
  return (
    <li className={clsx(done && css.itemDone)}>
      <Icon size={18} stroke={1.8} aria-hidden />
      <span>
        {children}
        {done && (
          <span className="l-visually-hidden">
            {' '}
            <Trans>(done)</Trans>
          </span>
        )}
      </span>
    </li>
  )
}
