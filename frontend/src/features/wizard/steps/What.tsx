/** Step 1: what is asked for, how urgently, in which case and why; and the item's own questions. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Radio, Textarea, TextInput } from '@mantine/core'
import { IconBook2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { PRIORITIES } from '~/domain/status.ts'
import { formatDuration, useTerm } from '~/i18n/index.ts'
import { AnswerField, FieldLabel } from '../components/AnswerField.tsx'
import { Blanks } from '../components/Blanks.tsx'
import css from '../components/wizard.module.css'
import { answered } from '../draft.ts'
import { problemText } from '../problem-words.ts'
import { isAnswer } from '../required-fields.ts'
import { promisedHours } from '../steps.ts'
import type { StepProps } from './context.ts'

export function What({ request, draft, terms, fields, problems }: StepProps) {
  const { t, i18n } = useLingui()
  const { form, set } = draft
  const errorOf = (field: string) => {
    const found = problems.find((each) => each.field === field)
    return found && problemText(i18n, found, fields)
  }
  return (
    <div className={css.fields}>
      <Chosen request={request} terms={terms} />
      <Blanks draft={draft} />
      <Priorities draft={draft} terms={terms} />
      {fields.filter(isAnswer).map((field) => (
        <AnswerField
          key={field.name}
          field={field}
          value={form.answers[field.name]}
          problem={errorOf(`answers.${field.name}`)}
          onChange={(value) => set({ answers: answered(form.answers, field.name, value) })}
        />
      ))}
      <TextInput
        id="case_reference"
        label={<FieldLabel required={false}>{t`Case reference`}</FieldLabel>}
        description={t`FIR, crime or complaint number`}
        maxLength={200}
        value={form.caseReference}
        error={errorOf('case_reference')}
        onChange={(event) => set({ caseReference: event.currentTarget.value })}
      />
      <Textarea
        id="description"
        label={<FieldLabel required={!terms}>{t`What you ask for, and why`}</FieldLabel>}
        description={t`The provider reads this. Leave out names and numbers that it does not need.`}
        minRows={4}
        maxRows={14}
        maxLength={10_000}
        value={form.description}
        error={errorOf('description')}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <Textarea
        id="notes"
        label={<FieldLabel required={false}>{t`Notes of your unit`}</FieldLabel>}
        description={t`Only your unit reads these.`}
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        value={form.notes}
        error={errorOf('notes')}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
    </div>
  )
}

function Chosen({ request, terms }: Pick<StepProps, 'request' | 'terms'>) {
  const term = useTerm()
  return (
    <div className={css.what}>
      <div>
        <p className={css.whatName}>{terms?.name ?? term('requestType', request.request_type)}</p>
        <p className={css.hint}>
          {request.provider_tenant.name}
          {terms?.output_format && ` · ${terms.output_format}`}
        </p>
        {terms?.description && <p className={css.hint}>{terms.description}</p>}
        {terms?.notes_for_law_enforcement && <p className={css.hint}>{terms.notes_for_law_enforcement}</p>}
      </div>
      {request.catalog_item_id && (
        <Link to="/catalog/$itemId" params={{ itemId: request.catalog_item_id }} className={`${css.note} ${css.link}`}>
          <IconBook2 size={16} aria-hidden />
          <Trans>See it in the catalog</Trans>
        </Link>
      )}
    </div>
  )
}

function Priorities({ draft, terms }: Pick<StepProps, 'draft' | 'terms'>) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <Radio.Group
      label={t`Priority`}
      description={t`Choose the calmest that serves the case: a provider answers what is truly urgent first.`}
      value={draft.form.priority}
      onChange={(value) => {
        const priority = PRIORITIES.find((known) => known === value)
        if (priority) draft.set({ priority })
      }}
    >
      <div className={css.choices}>
        {PRIORITIES.map((priority, place) => (
          <Radio
            key={priority}
            id={place === 0 ? 'priority' : undefined}
            value={priority}
            label={term('priority', priority)}
            description={
              terms && <Promised hours={promisedHours(terms, priority)} business={terms.sla_business_hours_only} />
            }
          />
        ))}
      </div>
    </Radio.Group>
  )
}

function Promised({ hours, business }: { hours: number; business: boolean }) {
  if (business) return <Trans>{formatDuration(hours * 3600)} of working time</Trans>
  return <Trans>within {formatDuration(hours * 3600)}</Trans>
}
