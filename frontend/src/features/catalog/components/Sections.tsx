/** The parts of an item's editor, but for the fields it asks for. */

import { useLingui as useI18n } from '@lingui/react'
import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { Uploader } from '~/features/files/index.ts'
import { terms } from '~/i18n/index.ts'
import { Panel } from '~/ui/index.ts'
import { useFaultWord } from '../fault-words.ts'
import type { FormName, ItemForm, ItemProblem } from '../item-form.ts'
import { categoriesQuery } from '../queries.ts'
import { useHours } from '../use-hours.ts'
import css from './editor.module.css'
import { WholeNumber } from './WholeNumber.tsx'

export const partId = (name: FormName): string => `item-${name}`

export interface SectionProps {
  form: ItemForm
  set: (part: Partial<ItemForm>) => void
  problems: readonly ItemProblem[]
  /** Sentences of the server, by the editor's name. */
  refused: Partial<Record<FormName, string>>
}

function useError({ problems, refused }: Pick<SectionProps, 'problems' | 'refused'>) {
  const faultWord = useFaultWord()
  return (name: FormName): ReactNode => {
    const found = problems.find((each) => each.name === name)
    return found ? faultWord(found.fault) : refused[name]
  }
}

export function BasicsSection(props: SectionProps) {
  const { form, set } = props
  const { t } = useLingui()
  const { i18n } = useI18n()
  const errorOf = useError(props)
  const categories = useQuery(categoriesQuery)
  return (
    <Panel title={<Trans>What it is</Trans>}>
      <div className={css.fields}>
        <TextInput
          id={partId('name')}
          label={t`Name`}
          description={t`As officers look for it: what is given, by what.`}
          value={form.name}
          maxLength={200}
          autoComplete="off"
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Textarea
          id={partId('description')}
          label={t`Description`}
          value={form.description}
          minRows={2}
          maxRows={10}
          maxLength={4000}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <div className={css.row}>
          <NativeSelect
            id={partId('requestType')}
            label={t`Kind of data`}
            data={terms(i18n, 'requestType')}
            value={form.requestType}
            onChange={(event) => set({ requestType: event.currentTarget.value as ItemForm['requestType'] })}
          />
          <Suggested
            id={partId('category')}
            label={t`Category`}
            placeholder={t`General`}
            known={(categories.data?.items ?? []).map(({ category }) => category)}
            value={form.category}
            onChange={(category) => set({ category })}
          />
        </div>
      </div>
    </Panel>
  )
}

interface SuggestedProps {
  id: string
  label: string
  placeholder?: string
  known: readonly string[]
  value: string
  onChange: (value: string) => void
}

/** Free text, with what others have written there before. */
function Suggested({ known, onChange, ...props }: SuggestedProps) {
  const list = useId()
  return (
    <>
      <TextInput
        {...props}
        list={list}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id={list}>
        {known.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  )
}

export function LegalSection({ form, set }: SectionProps) {
  const { t } = useLingui()
  const { i18n } = useI18n()
  return (
    <Panel title={<Trans>Legal basis</Trans>}>
      <div className={css.fields}>
        <NativeSelect
          id={partId('mandate')}
          label={t`Legal mandate`}
          description={t`Without one, requests are taken on any ground that the officer names.`}
          data={[{ value: '', label: t`None is needed` }, ...terms(i18n, 'mandateType')]}
          value={form.mandate ?? ''}
          onChange={(event) => set({ mandate: (event.currentTarget.value || null) as ItemForm['mandate'] })}
        />
        <Checkbox
          label={t`The signed mandate has to come as a file`}
          checked={form.mandateFile}
          onChange={(event) => set({ mandateFile: event.currentTarget.checked })}
        />
        <Checkbox
          label={t`The number of a court order is needed`}
          checked={form.courtOrder}
          onChange={(event) => set({ courtOrder: event.currentTarget.checked })}
        />
      </div>
    </Panel>
  )
}

export function PromiseSection(props: SectionProps) {
  const { form, set } = props
  const { t } = useLingui()
  const hours = useHours()
  const errorOf = useError(props)
  const input = (name: 'hours' | 'urgent' | 'critical', label: string) => {
    const value = form[name]
    return (
      <WholeNumber
        id={partId(name)}
        label={label}
        value={value}
        description={value ? hours(value, form.businessHours && !form.statutory) : t`The same as the calmer one`}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errorOf(name)}
        onChange={(next) => set({ [name]: next })}
      />
    )
  }
  return (
    <Panel title={<Trans>How fast you answer</Trans>} note={<Trans>Hours from the submission of a request.</Trans>}>
      <div className={css.fields}>
        <div className={css.row}>
          {input('hours', t`Normal`)}
          {input('urgent', t`Urgent (optional)`)}
          {input('critical', t`Critical (optional)`)}
        </div>
        <Checkbox
          label={t`Count working hours only`}
          description={t`By the service hours and holidays of your service profile.`}
          checked={form.businessHours}
          disabled={form.statutory}
          onChange={(event) => set({ businessHours: event.currentTarget.checked })}
        />
        <Checkbox
          label={t`Set by law`}
          description={t`Elapsed hours that never pause, not even while a question is open.`}
          checked={form.statutory}
          onChange={(event) =>
            set({
              statutory: event.currentTarget.checked,
              ...(event.currentTarget.checked && { businessHours: false }),
            })
          }
        />
      </div>
    </Panel>
  )
}

export function OutputSection(props: SectionProps) {
  const { form, set } = props
  const { t } = useLingui()
  const errorOf = useError(props)
  return (
    <Panel title={<Trans>What officers get</Trans>}>
      <div className={css.fields}>
        <div className={css.row}>
          <Suggested
            id={partId('format')}
            label={t`Format`}
            known={['CSV', 'XLSX', 'PDF', 'JSON', 'ZIP', 'MP4']}
            value={form.format}
            onChange={(format) => set({ format })}
          />
        </div>
        <Textarea
          id={partId('output')}
          label={t`What the answer holds`}
          value={form.output}
          minRows={2}
          maxRows={8}
          maxLength={4000}
          onChange={(event) => set({ output: event.currentTarget.value })}
        />
        <Uploader
          id={partId('sample')}
          purpose="SAMPLE"
          label={form.sample ? t`Choose another sample` : t`Choose a sample`}
          hint={t`An invented answer in the same format. Never real data.`}
          files={form.sample ? [form.sample] : []}
          onUploaded={(file) => set({ sample: file.id })}
          onRemove={() => set({ sample: null })}
        />
        {errorOf('sample') && (
          <p className={css.hint} role="alert">
            {errorOf('sample')}
          </p>
        )}
        <Textarea
          id={partId('notes')}
          label={t`Remarks for officers`}
          value={form.notes}
          minRows={2}
          maxRows={8}
          maxLength={4000}
          onChange={(event) => set({ notes: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

export function OfferSection({ form, set }: SectionProps) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>On offer</Trans>}>
      <div className={css.fields}>
        <Switch
          label={t`Officers can ask for it`}
          description={t`Withdrawn, it stays here, and requests that were made from it go on.`}
          checked={form.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        <Switch
          label={t`Featured`}
          description={t`Marked in the catalog.`}
          checked={form.featured}
          onChange={(event) => set({ featured: event.currentTarget.checked })}
        />
      </div>
    </Panel>
  )
}
