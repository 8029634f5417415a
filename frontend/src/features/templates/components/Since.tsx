/** What the catalog changed since the template was written; looked at, it is put right or confirmed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Changes, changedParts, itemForm, versionsQuery } from '~/features/catalog/index.ts'
import { ErrorSummary, Panel, problemsOf, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import { type Template, useSaveTemplate } from '../queries.ts'
import { hasMoved, sinceThen } from '../since.ts'
import css from './templates.module.css'

export function MovedBadge({ template }: { template: Template }) {
  if (template.catalog_item_offered === false) {
    return (
      <ToneBadge tone="bad" dot>
        <Trans>Item withdrawn</Trans>
      </ToneBadge>
    )
  }
  if (!hasMoved(template)) return null
  return (
    <ToneBadge tone="warn" dot>
      <Trans>Item has changed</Trans>
    </ToneBadge>
  )
}

interface SincePanelProps {
  template: Template
  /** Confirming writes the template anew: what is not saved would be passed over. */
  unsaved: boolean
  onConfirmed: (template: Template) => void
}

export function SincePanel({ template, unsaved, onConfirmed }: SincePanelProps) {
  const save = useSaveTemplate()
  const itemId = template.catalog_item_id
  if (template.catalog_item_offered === false) {
    return (
      <Panel title={<Trans>The item is withdrawn</Trans>}>
        <p className={css.hint}>
          <Trans>
            Its provider does not offer it any more: no draft can be made of this template. Choose another item.
          </Trans>
        </p>
      </Panel>
    )
  }
  if (!itemId || !hasMoved(template)) return null
  const confirm = () =>
    save.mutate(
      { id: template.id, version: template.version, body: { name: template.name } },
      { onSuccess: onConfirmed },
    )
  return (
    <Panel
      title={<Trans>The catalog has changed since</Trans>}
      note={
        <Trans>
          The item was changed <Time at={template.catalog_item_updated_at} />, after this template.
        </Trans>
      }
    >
      <div className={css.fields}>
        <Difference itemId={itemId} written={template.updated_at} />
        <ErrorSummary problems={problemsOf(save.error, () => undefined)} focus={false} />
        {template.abilities.update && (
          <div className={css.buttons}>
            <Button variant="default" size="xs" loading={save.isPending} disabled={unsaved} onClick={confirm}>
              <Trans>The template still fits</Trans>
            </Button>
          </div>
        )}
      </div>
    </Panel>
  )
}

function Difference({ itemId, written }: { itemId: string; written: string }) {
  const { t } = useLingui()
  const query = useQuery(versionsQuery(itemId))
  return (
    <QueryState query={query} lines={3}>
      {({ items }) => {
        const found = sinceThen(items, written)
        if (!found) {
          return (
            <p className={css.hint}>
              <Trans>Which version it was written for is not known any more. Look at the item as it is.</Trans>
            </p>
          )
        }
        const [past, now] = [itemForm(found.past), itemForm(found.now)]
        if (changedParts(past, now).length === 0) {
          return (
            <p className={css.hint}>
              <Trans>Only its sample is another one.</Trans>
            </p>
          )
        }
        return <Changes before={past} now={now} label={t`What the catalog changed`} />
      }}
    </QueryState>
  )
}
