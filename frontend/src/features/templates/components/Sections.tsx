/** The parts of a template's editor. */

import { useLingui as useI18n } from '@lingui/react'
import { Trans, useLingui } from '@lingui/react/macro'
import { SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { itemQuery } from '~/features/catalog/index.ts'
import { RequiredFieldsForm } from '~/features/wizard/index.ts'
import { terms, useTerm } from '~/i18n/index.ts'
import { Panel, QueryState } from '~/ui/index.ts'
import { itemsQuery, providersQuery } from '../queries.ts'
import type { TemplateForm } from '../template-form.ts'
import { BlankText } from './BlankText.tsx'
import css from './templates.module.css'

/** Not a part of a translation: there it would be a place for a value. */
const BLANK = '{{like_this}}'

export interface SectionProps {
  form: TemplateForm
  set: (part: Partial<TemplateForm>) => void
  disabled: boolean
  nameError?: string
}

export function NameSection({ form, set, disabled, nameError }: SectionProps) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>The template</Trans>}>
      <div className={css.fields}>
        <TextInput
          id="template-name"
          label={t`Name`}
          value={form.name}
          maxLength={200}
          autoComplete="off"
          disabled={disabled}
          error={nameError}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          id="template-about"
          label={t`When to use it (optional)`}
          value={form.about}
          minRows={2}
          maxRows={6}
          maxLength={2000}
          disabled={disabled}
          onChange={(event) => set({ about: event.currentTarget.value })}
        />
        <Switch
          label={t`Share it with my unit`}
          description={t`Shared, all of your unit may use it; you and the unit's administrator may change it.`}
          checked={form.shared}
          disabled={disabled}
          onChange={(event) => set({ shared: event.currentTarget.checked })}
        />
      </div>
    </Panel>
  )
}

export function AddressSection({ form, set, disabled }: SectionProps) {
  const { t } = useLingui()
  const { i18n } = useI18n()
  const items = useQuery(itemsQuery)
  const providers = useQuery(providersQuery)
  const groups = useMemo(() => {
    const found = new Map<string, { value: string; label: string }[]>()
    for (const { id, name, provider_tenant: provider } of items.data?.items ?? []) {
      found.set(provider.name, [...(found.get(provider.name) ?? []), { value: id, label: name }])
    }
    return [...found].map(([group, own]) => ({ group, items: own }))
  }, [items.data])
  return (
    <Panel title={<Trans>What is asked of whom</Trans>}>
      <div className={css.fields}>
        <Select
          id="template-item"
          label={t`Item of the catalog`}
          placeholder={t`Without the catalog`}
          data={groups}
          value={form.itemId}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t`Without the catalog` }}
          disabled={disabled}
          nothingFoundMessage={t`No item fits`}
          onChange={(itemId) => set({ itemId, ...(itemId && { providerId: null, requestType: null }), answers: {} })}
        />
        {!form.itemId && (
          <div className={css.row}>
            <Select
              id="template-provider"
              label={t`Provider (optional)`}
              placeholder={t`Chosen when it is used`}
              data={(providers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              value={form.providerId}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t`No provider` }}
              disabled={disabled}
              onChange={(providerId) => set({ providerId })}
            />
            <Select
              id="template-type"
              label={t`Kind of data (optional)`}
              placeholder={t`Chosen when it is used`}
              data={terms(i18n, 'requestType')}
              value={form.requestType}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': t`No kind` }}
              disabled={disabled}
              onChange={(value) => set({ requestType: value as TemplateForm['requestType'] })}
            />
          </div>
        )}
      </div>
    </Panel>
  )
}

export function TextSection({ form, set, disabled }: SectionProps) {
  const { t } = useLingui()
  const term = useTerm()
  const { i18n } = useI18n()
  return (
    <Panel
      title={<Trans>What it says</Trans>}
      note={<Trans>A blank is written {BLANK}: whoever uses the template fills it in once for all texts.</Trans>}
    >
      <div className={css.fields}>
        <BlankText
          id="template-text"
          label={t`What you ask for, and why`}
          value={form.text}
          maxLength={10_000}
          disabled={disabled}
          onChange={(text) => set({ text })}
        />
        <div className={css.row}>
          <TextInput
            id="template-case"
            label={t`Case reference`}
            placeholder="{{case_reference}}"
            value={form.caseReference}
            maxLength={200}
            autoComplete="off"
            disabled={disabled}
            onChange={(event) => set({ caseReference: event.currentTarget.value })}
          />
          <Select
            id="template-mandate"
            label={t`Legal mandate`}
            placeholder={t`Chosen when it is used`}
            data={terms(i18n, 'mandateType')}
            value={form.mandate}
            clearable
            clearButtonProps={{ 'aria-label': t`No mandate` }}
            disabled={disabled}
            onChange={(mandate) => set({ mandate: mandate as TemplateForm['mandate'] })}
          />
        </div>
        <div>
          <span className={css.hint} id="template-priority">
            <Trans>Priority</Trans>
          </span>
          <div>
            <SegmentedControl
              aria-labelledby="template-priority"
              size="sm"
              data={(['NORMAL', 'URGENT', 'CRITICAL'] as const).map((value) => ({
                value,
                label: term('priority', value),
              }))}
              value={form.priority}
              disabled={disabled}
              onChange={(value) => set({ priority: value as TemplateForm['priority'] })}
            />
          </div>
        </div>
        <Textarea
          id="template-notes"
          label={t`Notes of your unit (optional)`}
          description={t`The provider never sees them.`}
          value={form.notes}
          minRows={2}
          maxRows={8}
          maxLength={10_000}
          disabled={disabled}
          onChange={(event) => set({ notes: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

/** What the item asks for beside identifiers and a period, which belong to a case. */
export function AnswersSection({ form, set, disabled }: SectionProps) {
  const query = useQuery({ ...itemQuery(form.itemId ?? ''), enabled: form.itemId !== null })
  if (!form.itemId) return null
  return (
    <Panel
      title={<Trans>Answers to the provider's questions</Trans>}
      note={
        <Trans>Identifiers, the period and files belong to a case: they are given when the template is used.</Trans>
      }
    >
      <QueryState query={query} lines={2}>
        {(item) => {
          const asked = item.required_fields.filter(isAnswer)
          if (asked.length === 0) {
            return (
              <p className={css.hint}>
                <Trans>The item asks nothing that could be prepared.</Trans>
              </p>
            )
          }
          return (
            <RequiredFieldsForm
              fields={asked}
              value={{ answers: form.answers, identifiers: [], from: '', to: '' }}
              onChange={({ answers }) => set({ answers })}
              disabled={disabled}
            />
          )
        }}
      </QueryState>
    </Panel>
  )
}

const isAnswer = (field: unknown): boolean =>
  typeof field === 'object' &&
  field !== null &&
  'kind' in field &&
  field.kind !== 'IDENTIFIER' &&
  field.kind !== 'PERIOD'
