/** Step 5: everything at a glance, each part with the way back to it. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { FileRow } from '~/features/files/index.ts'
import { formatNumber, formatPlainDate, useTerm } from '~/i18n/index.ts'
import { Facts } from '~/ui/index.ts'
import { IdentifierRow, maskedOf } from '../components/IdentifierRow.tsx'
import css from '../components/wizard.module.css'
import { daysBetween } from '../period.ts'
import { inLanguage, isAnswer, type RequiredField, readable } from '../required-fields.ts'
import type { Step } from '../search.ts'
import { problemsByRow, useRowSentences } from '../use-verdicts.ts'
import type { StepProps } from './context.ts'

export function Check(props: StepProps) {
  return (
    <div className={css.answers}>
      <WhatAnswers {...props} />
      <IdentifierAnswers {...props} />
      <PeriodAnswers {...props} />
      <MandateAnswers {...props} />
    </div>
  )
}

const missing = (
  <span className={css.optional}>
    <Trans>Not given</Trans>
  </span>
)

function Section({ title, step, id, children }: { title: string; step: Step; id: string; children: ReactNode }) {
  const { t } = useLingui()
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h3>{title}</h3>
        <Link
          to="/requests/$requestId/edit"
          params={{ requestId: id }}
          search={{ step }}
          aria-label={t`Change: ${title}`}
        >
          <Trans>Change</Trans>
        </Link>
      </div>
      {children}
    </section>
  )
}

const Preserved = ({ text }: { text: string }) => <span className={css.preserve}>{text}</span>

function answerText(field: RequiredField, value: unknown, language: string): ReactNode {
  if (value === undefined || value === null || value === '') return missing
  const choice = field.choices.find((each) => each.value === value)
  if (choice) return inLanguage(choice.label, language)
  if (field.kind === 'DATE' && typeof value === 'string') return formatPlainDate(value)
  if (typeof value === 'number') return formatNumber(value, 2)
  return <Preserved text={String(value)} />
}

function WhatAnswers({ request, draft, terms, fields }: StepProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const { form } = draft
  const known = fields.filter(isAnswer)
  const strange = Object.entries(form.answers).filter(([name]) => !fields.some((field) => field.name === name))
  return (
    <Section title={t`What`} step="what" id={request.id}>
      <Facts
        rows={[
          [t`Provider`, request.provider_tenant.name],
          [t`Item`, terms?.name ?? term('requestType', request.request_type)],
          [t`Priority`, term('priority', form.priority)],
          ...known.map(
            (field) =>
              [inLanguage(field.label, i18n.locale), answerText(field, form.answers[field.name], i18n.locale)] as const,
          ),
          ...strange.map(([name, value]) => [readable(name), String(value)] as const),
          [t`Case reference`, form.caseReference || missing],
          [t`What and why`, form.description ? <Preserved key="why" text={form.description} /> : missing],
          [t`Notes of your unit`, form.notes && <Preserved key="notes" text={form.notes} />],
        ]}
      />
    </Section>
  )
}

function IdentifierAnswers({ request, draft }: StepProps) {
  const { t } = useLingui()
  const sentencesOf = useRowSentences()
  const found = problemsByRow(request.problems ?? [])
  const open = draft.form.identifiers
  const rows = open
    ? open.map((item) => ({ type: item.type, masked: maskedOf(item), item }))
    : (request.identifiers ?? []).map(({ type, masked }) => ({ type, masked, item: undefined }))
  return (
    <Section title={t`Identifiers`} step="identifiers" id={request.id}>
      {rows.length === 0 ? (
        missing
      ) : (
        <ul className={css.idList}>
          {rows.map(({ type, masked, item }, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that does not change here
            <li key={row}>
              <IdentifierRow
                row={row}
                type={type}
                masked={masked}
                item={item}
                sentences={sentencesOf([], found.get(row) ?? [])}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function PeriodAnswers({ request, draft }: StepProps) {
  const { t } = useLingui()
  const { from, to } = draft.form
  return (
    <Section title={t`Period`} step="period" id={request.id}>
      {from && to ? (
        <Facts
          rows={[
            [t`First day`, formatPlainDate(from)],
            [t`Last day`, formatPlainDate(to)],
            [t`Length`, <Plural key="length" value={daysBetween(from, to)} one="# day" other="# days" />],
          ]}
        />
      ) : (
        missing
      )}
    </Section>
  )
}

function MandateAnswers({ request, draft }: StepProps) {
  const { t } = useLingui()
  const term = useTerm()
  const { mandateType, courtOrder, mandateFileId } = draft.form
  return (
    <Section title={t`Mandate`} step="mandate" id={request.id}>
      <div className={css.fields}>
        <Facts
          rows={[
            [t`Legal mandate`, mandateType ? term('mandateType', mandateType) : missing],
            [t`Number of the order`, courtOrder || missing],
            [t`Signed mandate`, mandateFileId ? null : missing],
          ]}
        />
        {mandateFileId && <FileRow id={mandateFileId} />}
      </div>
    </Section>
  )
}
