/** Templates as a list: what they ask, how they are used, and whether the catalog has moved on. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button } from '@mantine/core'
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { MenuButton, type MenuEntry, Person, Time, ToneBadge } from '~/ui/index.ts'
import { type Column, DataTable } from '~/ui/table/index.ts'
import type { Template } from '../queries.ts'
import { MovedBadge } from './Since.tsx'
import css from './templates.module.css'

export interface TemplateActions {
  open: (template: Template) => void
  use: (template: Template) => void
  remove: (template: Template) => void
}

interface TemplatesTableProps {
  templates: readonly Template[]
  loading: boolean
  /** The provider of a catalog item, by the item's id. */
  providerOf: ReadonlyMap<string, string>
  actions: TemplateActions
  empty: ReactNode
}

export function TemplatesTable({ templates, loading, providerOf, actions, empty }: TemplatesTableProps) {
  const { t } = useLingui()
  const columns = useColumns(actions, providerOf)
  return (
    <DataTable
      label={t`Templates`}
      columns={columns}
      rows={templates}
      rowId={(template) => template.id}
      rowName={(template) => template.name}
      loading={loading}
      onOpen={actions.open}
      empty={empty}
    />
  )
}

function useColumns(actions: TemplateActions, providerOf: ReadonlyMap<string, string>): Column<Template>[] {
  const { t } = useLingui()
  const term = useTerm()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Template`,
        width: 'minmax(14rem, 2fr)',
        sort: true,
        fixed: true,
        card: 'title',
        value: (template) => template.name,
        cell: (template) => (
          <div className={css.name}>
            <Link to={`/templates/${template.id}` as string}>{template.name}</Link>
            {template.description && <span className={css.dim}>{template.description}</span>}
          </div>
        ),
      },
      {
        id: 'asks',
        header: t`Asks for`,
        width: 'minmax(11rem, 1.4fr)',
        sort: true,
        value: (template) => template.catalog_item_name ?? template.request_type,
        cell: (template) => (
          <div className={css.name}>
            <span>
              {template.catalog_item_name ??
                (template.request_type ? term('requestType', template.request_type) : t`Chosen when it is used`)}
            </span>
            <span className={css.dim}>
              {template.provider_tenant?.name ?? providerOf.get(template.catalog_item_id ?? '')}
            </span>
            <span>
              <MovedBadge template={template} />
            </span>
          </div>
        ),
      },
      {
        id: 'whose',
        header: t`Whose`,
        width: 'minmax(8rem, 1fr)',
        sort: true,
        value: (template) => `${template.is_shared} ${template.created_by.name}`,
        cell: (template) => (
          <div className={css.name}>
            <span>
              <ToneBadge tone={template.is_shared ? 'info' : 'quiet'}>
                {template.is_shared ? <Trans>The unit's</Trans> : <Trans>Private</Trans>}
              </ToneBadge>
            </span>
            <span className={css.dim}>
              <Person person={template.created_by} />
            </span>
          </div>
        ),
      },
      {
        id: 'used',
        header: t`Used`,
        width: '8rem',
        sort: true,
        descendingFirst: true,
        value: (template) => template.usage_count,
        cell: (template) => (
          <div className={css.name}>
            <span>
              {template.usage_count === 0 ? (
                t`Not yet`
              ) : (
                <Plural value={template.usage_count} one="# time" other="# times" />
              )}
            </span>
            {template.last_used_at && (
              <span className={css.dim}>
                <Time at={template.last_used_at} />
              </span>
            )}
          </div>
        ),
      },
      {
        id: 'edited',
        header: t`Last edit`,
        width: '7.5rem',
        from: 62,
        sort: true,
        descendingFirst: true,
        value: (template) => template.updated_at,
        cell: (template) => <Time at={template.updated_at} />,
      },
      {
        id: 'menu',
        header: t`Actions`,
        width: '8rem',
        fixed: true,
        cell: (template) => <RowEnd template={template} actions={actions} />,
      },
    ],
    [t, term, actions, providerOf],
  )
}

function RowEnd({ template, actions }: { template: Template; actions: TemplateActions }) {
  const { t } = useLingui()
  const { use, update, delete: remove } = template.abilities
  const entries: MenuEntry[] = [
    {
      key: 'open',
      label: update ? t`Edit` : t`Look at it`,
      icon: <IconPencil size={16} aria-hidden />,
      onSelect: () => actions.open(template),
    },
    ...(remove
      ? [
          {
            key: 'delete',
            label: t`Delete`,
            icon: <IconTrash size={16} aria-hidden />,
            danger: true,
            onSelect: () => actions.remove(template),
          },
        ]
      : []),
  ]
  return (
    <span className={css.rowEnd}>
      {use && (
        <Button
          variant="default"
          size="xs"
          disabled={template.catalog_item_offered === false}
          aria-label={t`Use ${template.name}`}
          onClick={() => actions.use(template)}
        >
          <Trans>Use</Trans>
        </Button>
      )}
      <MenuButton entries={entries}>
        {(button) => (
          <ActionIcon {...button} aria-label={t`Actions for ${template.name}`}>
            <IconDots size={18} />
          </ActionIcon>
        )}
      </MenuButton>
    </span>
  )
}
