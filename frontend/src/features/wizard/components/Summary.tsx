/** Beside the form: what is promised, who has to approve, what is legally needed, and what to look at again. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { IconAlertTriangle, IconArrowRight, IconCircleCheck, IconGavel } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'
import { placeholderLabel } from '~/domain/placeholders.ts'
import { formatDuration, formatNumber, useTerm } from '~/i18n/index.ts'
import { Panel, PriorityBadge, ToneBadge } from '~/ui/index.ts'
import { blanksOf } from '../draft.ts'
import { problemText } from '../problem-words.ts'
import { STEPS } from '../search.ts'
import type { StepProps } from '../steps/context.ts'
import { problemsAt, promisedHours } from '../steps.ts'
import { SaveNote } from './SaveNote.tsx'
import { STEP_NAMES } from './StepNav.tsx'
import css from './wizard.module.css'

type SummaryProps = Omit<StepProps, 'problems'>

export function Summary({ request, draft, terms, fields }: SummaryProps) {
  const { t } = useLingui()
  return (
    <Panel title={t`This request`}>
      <div className={css.saved}>
        <SaveNote draft={draft} />
      </div>
      <div className={css.blocks}>
        <Promised terms={terms} priority={draft.form.priority} />
        <Route request={request} />
        <Needs request={request} terms={terms} />
        <Missing request={request} fields={fields} />
        <Warnings request={request} fields={fields} blanks={blanksOf(draft.form)} />
      </div>
    </Panel>
  )
}

function Block({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div className={css.sideBlock}>
      <h3 className={css.sideHead}>{title}</h3>
      {children}
    </div>
  )
}

const WITHOUT_ITEM_HOURS = 72

function Promised({ terms, priority }: { terms: SummaryProps['terms']; priority: string }) {
  const hours = terms ? promisedHours(terms, priority) : WITHOUT_ITEM_HOURS
  const median = terms?.actual_median_turnaround_hours
  const count = terms?.total_requests_fulfilled ?? 0
  return (
    <Block title={<Trans>Answer promised within</Trans>}>
      <div className={css.buttons}>
        <span className={css.figure}>{formatDuration(hours * 3600)}</span>
        <PriorityBadge priority={priority} />
      </div>
      <p className={css.hint}>
        {!terms && <Trans>The usual time, as this is not from the catalog.</Trans>}
        {terms?.sla_statutory && <Trans>Set by law; the clock never pauses.</Trans>}
        {terms && !terms.sla_statutory && terms.sla_business_hours_only && (
          <Trans>Counted in the provider's working hours, from when it receives the request.</Trans>
        )}
        {terms && !terms.sla_statutory && !terms.sla_business_hours_only && (
          <Trans>From when the provider receives the request.</Trans>
        )}{' '}
        {median != null && count > 0 && (
          <>
            <Trans>It really takes {formatDuration(median * 3600)}</Trans> (
            <Plural value={count} one="median of # request" other="median of # requests" />
            ).
          </>
        )}
      </p>
    </Block>
  )
}

function Route({ request }: Pick<SummaryProps, 'request'>) {
  const route = request.approval_route ?? []
  return (
    <Block title={<Trans>Approval</Trans>}>
      {route.length === 0 ? (
        <p className={css.hint}>
          <Trans>Known once the mandate is chosen.</Trans>
        </p>
      ) : (
        <ol className={css.route}>
          {route.map((level, place) => (
            <Fragment key={level.level}>
              {place > 0 && (
                <li aria-hidden>
                  <IconArrowRight size={14} />
                </li>
              )}
              <li>
                <ToneBadge tone="violet">
                  <Trans>{level.min_rank} or above</Trans>
                </ToneBadge>
              </li>
            </Fragment>
          ))}
        </ol>
      )}
    </Block>
  )
}

function Needs({ request, terms }: Pick<SummaryProps, 'request' | 'terms'>) {
  const term = useTerm()
  const mandate = terms?.required_legal_mandate
  return (
    <Block title={<Trans>Legally needed</Trans>}>
      <ul className={css.sideList}>
        <li>
          <span className={css.note}>
            <IconGavel size={16} aria-hidden />
            <span>{mandate ? term('mandateType', mandate) : <Trans>A legal mandate of your choice</Trans>}</span>
          </span>
        </li>
        {terms?.requires_court_order && (
          <li>
            <ToneBadge tone="warn">
              <Trans>Court order needed</Trans>
            </ToneBadge>
          </li>
        )}
        {(terms?.requires_mandate_file ?? true) && (
          <li className={css.hint}>
            {request.legal_mandate_file_id ? (
              <Trans>The signed mandate is attached.</Trans>
            ) : (
              <Trans>The signed mandate, as a file</Trans>
            )}
          </li>
        )}
      </ul>
    </Block>
  )
}

function Missing({ request, fields }: Pick<SummaryProps, 'request' | 'fields'>) {
  const { i18n } = useLingui()
  const problems = request.problems ?? []
  return (
    <Block title={<Trans>Still missing</Trans>}>
      {problems.length === 0 ? (
        <p className={clsx(css.note, css.good)}>
          <IconCircleCheck size={16} aria-hidden />
          <Trans>Nothing. It can be sent.</Trans>
        </p>
      ) : (
        <ul className={css.sideList}>
          {STEPS.map((step) => ({ step, count: problemsAt(problems, step, fields).length }))
            .filter(({ count }) => count > 0)
            .map(({ step, count }) => (
              <li key={step}>
                <Link to="/requests/$requestId/edit" params={{ requestId: request.id }} search={{ step }}>
                  {i18n._(STEP_NAMES[step])}
                </Link>{' '}
                <span className={css.optional}>{formatNumber(count)}</span>
              </li>
            ))}
        </ul>
      )}
    </Block>
  )
}

function Warnings({
  request,
  fields,
  blanks,
}: Pick<SummaryProps, 'request' | 'fields'> & { blanks: readonly string[] }) {
  const { i18n } = useLingui()
  const warnings = request.warnings ?? []
  if (warnings.length === 0 && blanks.length === 0) return null
  return (
    <Block title={<Trans>Worth a second look</Trans>}>
      <ul className={css.sideList}>
        {blanks.length > 0 && (
          <li className={clsx(css.note, css.warn)}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>
              <Trans>Blanks of the template are not filled in: {blanks.map(placeholderLabel).join(', ')}.</Trans>
            </span>
          </li>
        )}
        {warnings.map((warning) => (
          <li key={`${warning.field} ${warning.code}`} className={clsx(css.note, css.warn)}>
            <IconAlertTriangle size={16} aria-hidden />
            <span>{problemText(i18n, warning, fields)}</span>
          </li>
        ))}
      </ul>
    </Block>
  )
}
