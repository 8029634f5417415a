/** The parts of a template's editor, but for the answers. */

import { useLingui as useI18n } from '@lingui/react'
import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { terms, useTerm } from '~/i18n/index.ts'
import { Panel } from '~/ui/index.ts'
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
  const later = { value: '', label: t`Chosen when it is used` }
  return (
    <Panel title={<Trans>What is asked of whom</Trans>}>
      <div className={css.fields}>
        <NativeSelect
          id="template-item"
          label={t`Item of the catalog`}
          data={[{ value: '', label: t`Without the catalog` }, ...groups]}
          value={form.itemId ?? ''}
          disabled={disabled}
          onChange={(event) => {
            const itemId = event.currentTarget.value || null
            set({ itemId, ...(itemId && { providerId: null, requestType: null }), answers: {} })
          }}
        />
        {!form.itemId && (
          <div className={css.row}>
            <NativeSelect
              id="template-provider"
              label={t`Provider (optional)`}
              data={[later, ...(providers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
              value={form.providerId ?? ''}
              disabled={disabled}
              onChange={(event) => set({ providerId: event.currentTarget.value || null })}
            />
            <NativeSelect
              id="template-type"
              label={t`Kind of data (optional)`}
              data={[later, ...terms(i18n, 'requestType')]}
              value={form.requestType ?? ''}
              disabled={disabled}
              onChange={(event) =>
                set({ requestType: (event.currentTarget.value || null) as TemplateForm['requestType'] })
              }
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
          <NativeSelect
            id="template-mandate"
            label={t`Legal mandate`}
            data={[{ value: '', label: t`Chosen when it is used` }, ...terms(i18n, 'mandateType')]}
            value={form.mandate ?? ''}
            disabled={disabled}
            onChange={(event) => set({ mandate: (event.currentTarget.value || null) as TemplateForm['mandate'] })}
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
