/** Prepared requests: one's own and the unit's. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconPlus, IconSearch, IconTemplateOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, ErrorSummary, Page, Panel, problemsOf } from '~/ui/index.ts'
import { DeleteDialog } from '../components/DeleteDialog.tsx'
import { StarterSet } from '../components/StarterSet.tsx'
import { type TemplateActions, TemplatesTable } from '../components/TemplatesTable.tsx'
import css from '../components/templates.module.css'
import { itemsQuery, type Template, templatesQuery, useUseTemplate } from '../queries.ts'

type Whose = 'all' | 'own' | 'unit'
const SEARCH = 'templates-search'

export default function ListPage() {
  const { t } = useLingui()
  const navigate = useNavigate()
  const query = useQuery(templatesQuery)
  const use = useUseTemplate()
  const [leaving, setLeaving] = useState<Template | null>(null)
  const { mutate } = use
  const actions = useMemo(
    (): TemplateActions => ({
      open: (template) => void navigate({ to: `/templates/${template.id}` as string }),
      use: (template) =>
        mutate(template.id, {
          onSuccess: (draft) => void navigate({ to: `/requests/${draft.id}/edit` as string }),
        }),
      remove: setLeaving,
    }),
    [navigate, mutate],
  )
  useKeys(
    {
      n: { run: () => void navigate({ to: '/templates/new' as string }), label: t`New template` },
      '/': { run: () => document.getElementById(SEARCH)?.focus(), label: t`Search the templates` },
    },
    { scope: t`Templates`, enabled: leaving === null },
  )
  return (
    <Page
      title={t`Templates`}
      lead={t`What your unit asks for again and again, prepared once. What belongs to a case is filled in when it is used.`}
      actions={
        <Button component={Link} to={'/templates/new' as string} leftSection={<IconPlus size={16} aria-hidden />}>
          <Trans>New template</Trans>
        </Button>
      }
    >
      <ErrorSummary problems={problemsOf(use.error, () => undefined)} />
      {query.error && !query.data ? (
        <Panel>
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        </Panel>
      ) : (
        <List templates={query.data?.items} actions={actions} />
      )}
      {query.data && (
        <Panel
          title={<Trans>Starter set</Trans>}
          note={<Trans>For what is asked for most, with blanks for the case. Add one and make it your own.</Trans>}
        >
          <StarterSet templates={query.data.items} />
        </Panel>
      )}
      {leaving && <DeleteDialog template={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  )
}

function List({ templates, actions }: { templates: readonly Template[] | undefined; actions: TemplateActions }) {
  const { t } = useLingui()
  const me = useMe()
  const [q, setQ] = useState('')
  const [whose, setWhose] = useState<Whose>('all')
  const items = useQuery(itemsQuery)
  const providerOf = useMemo(
    () => new Map((items.data?.items ?? []).map(({ id, provider_tenant: provider }) => [id, provider.name])),
    [items.data],
  )
  const found = useMemo(() => {
    const words = q.toLowerCase().split(/\s+/)
    return (templates ?? []).filter((template) => {
      const provider = template.provider_tenant?.name ?? providerOf.get(template.catalog_item_id ?? '')
      const text = [template.name, template.description, template.catalog_item_name, provider]
      return (
        (whose === 'all' || (whose === 'own') === (template.created_by.id === me.id)) &&
        words.every((word) => text.join(' ').toLowerCase().includes(word))
      )
    })
  }, [templates, q, whose, me.id, providerOf])
  return (
    <Panel flush>
      <div className={css.tools}>
        <TextInput
          id={SEARCH}
          type="search"
          label={t`Search`}
          placeholder={t`Name, description, item or provider`}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={q}
          autoComplete="off"
          onChange={(event) => setQ(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t`Whose templates`}
          size="sm"
          data={[
            { value: 'all', label: t`All` },
            { value: 'own', label: t`Made by me` },
            { value: 'unit', label: t`Made by others` },
          ]}
          value={whose}
          onChange={(value) => setWhose(value as Whose)}
        />
      </div>
      <TemplatesTable
        templates={found}
        loading={templates === undefined}
        providerOf={providerOf}
        actions={actions}
        empty={
          <EmptyState
            icon={<IconTemplateOff size={22} stroke={1.6} />}
            title={templates?.length === 0 ? <Trans>No template yet</Trans> : <Trans>No template fits</Trans>}
          >
            {templates?.length === 0 ? (
              <Trans>Begin with the starter set below, or save any request of yours as a template.</Trans>
            ) : (
              <Trans>Search with fewer words, or show all.</Trans>
            )}
          </EmptyState>
        }
      />
    </Panel>
  )
}
