/** What the item asks for beside identifiers and a period, which belong to a case. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { itemQuery } from '~/features/catalog/index.ts'
import { RequiredFieldsForm } from '~/features/wizard/index.ts'
import { Panel, QueryState } from '~/ui/index.ts'
import type { SectionProps } from './Sections.tsx'
import css from './templates.module.css'

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
