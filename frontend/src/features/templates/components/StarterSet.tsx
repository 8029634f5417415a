/** Templates to begin with, made of what providers offer. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { EmptyState, ErrorSummary, problemsOf, QueryState } from '~/ui/index.ts'
import { itemsQuery, type Template, useSaveTemplate } from '../queries.ts'
import { type Suggestion, suggestions } from '../starter-set.ts'
import { bodyOf } from '../template-form.ts'
import css from './templates.module.css'

export function StarterSet({ templates }: { templates: readonly Template[] }) {
  const { t } = useLingui()
  const query = useQuery(itemsQuery)
  return (
    <QueryState query={query} lines={4}>
      {({ items }) => {
        const taken = new Set(templates.flatMap(({ catalog_item_id: id }) => id ?? []))
        const found = suggestions(items, taken)
        if (found.length === 0) {
          return (
            <EmptyState title={<Trans>You have them all</Trans>}>
              <Trans>Your unit has a template for everything that is asked for most.</Trans>
            </EmptyState>
          )
        }
        return (
          <ul className={css.cards} aria-label={t`Templates to begin with`}>
            {found.map((suggestion) => (
              <li key={suggestion.item.id}>
                <Card suggestion={suggestion} />
              </li>
            ))}
          </ul>
        )
      }}
    </QueryState>
  )
}

function Card({ suggestion: { form } }: { suggestion: Suggestion }) {
  const { t } = useLingui()
  const save = useSaveTemplate()
  return (
    <div className={css.card}>
      <strong>{form.name}</strong>
      <p>{form.text}</p>
      <ErrorSummary problems={problemsOf(save.error, () => undefined)} focus={false} />
      <div>
        <Button
          variant="default"
          size="xs"
          loading={save.isPending}
          aria-label={t`Add to my unit's: ${form.name}`}
          onClick={() => save.mutate({ body: bodyOf(form) })}
        >
          <Trans>Add to my unit's</Trans>
        </Button>
      </div>
    </div>
  )
}
