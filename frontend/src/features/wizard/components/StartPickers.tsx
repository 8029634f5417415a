/** The lists to begin from: catalog, templates, earlier requests; and a request that the catalog has no item for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconBookOff, IconFileOff, IconSearch, IconTemplateOff } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { terms as enumeration, formatDuration, useTerm } from '~/i18n/index.ts'
import {
  EmptyState,
  ErrorState,
  ErrorSummary,
  Loading,
  problemsOf,
  QueryState,
  StatusBadge,
  Time,
  ToneBadge,
} from '~/ui/index.ts'
import type { DraftPatch } from '../draft.ts'
import {
  type CatalogItem,
  catalogPages,
  earlierQuery,
  providersQuery,
  type Template,
  templatesQuery,
} from '../queries.ts'
import { useStart } from './StartChoice.tsx'
import css from './wizard.module.css'

interface SearchProps {
  label: string
  q: string
  onSearch: (q: string) => void
}

function Search({ label, q, onSearch }: SearchProps) {
  return (
    <TextInput
      id="start-search"
      type="search"
      label={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={q}
      onChange={(event) => onSearch(event.currentTarget.value)}
    />
  )
}

interface PickerProps {
  q: string
  onSearch: (q: string) => void
}

export function CatalogPicker({ q, onSearch }: PickerProps) {
  const { t } = useLingui()
  const [provider, setProvider] = useState<string | null>(null)
  const [words] = useDebouncedValue(q, 250)
  const providers = useQuery(providersQuery)
  const pages = useInfiniteQuery({
    ...catalogPages({ q: words, provider: provider ?? '' }),
    placeholderData: keepPreviousData,
  })
  const items = useMemo(
    () => (pages.data?.pages ?? []).flatMap((page) => page.items).filter((item) => item.is_active),
    [pages.data],
  )
  const groups = useMemo(() => byProvider(items), [items])
  return (
    <div className={css.ways}>
      <div className={css.filters}>
        <Search label={t`Search the catalog`} q={q} onSearch={onSearch} />
        <NativeSelect
          label={t`Provider`}
          data={[
            { value: '', label: t`All providers` },
            ...(providers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={provider ?? ''}
          onChange={(event) => setProvider(event.currentTarget.value || null)}
        />
      </div>
      {pages.isPending && <Loading lines={6} height={48} />}
      {pages.error && !pages.data && <ErrorState error={pages.error} retry={() => void pages.refetch()} />}
      {pages.data && items.length === 0 && (
        <EmptyState icon={<IconBookOff size={22} />} title={<Trans>No item fits</Trans>}>
          <Trans>Search with fewer words or for all providers; or ask without the catalog.</Trans>
        </EmptyState>
      )}
      {groups.map(([name, own]) => (
        <section key={name} className={css.group}>
          <h2 className={css.groupName}>{name}</h2>
          <ul className={css.cards}>
            {own.map((item) => (
              <li key={item.id}>
                <ItemCard item={item} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {pages.hasNextPage && (
        <div>
          <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            <Trans>Show more</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}

function byProvider(items: readonly CatalogItem[]): [string, CatalogItem[]][] {
  const groups = new Map<string, CatalogItem[]>()
  for (const item of items)
    groups.set(item.provider_tenant.name, [...(groups.get(item.provider_tenant.name) ?? []), item])
  return [...groups].sort(([one], [other]) => one.localeCompare(other))
}

function ItemCard({ item }: { item: CatalogItem }) {
  const term = useTerm()
  return (
    <Link to="/requests/new" search={{ item: item.id } as never} className={css.card}>
      <span className={css.cardName}>{item.name}</span>
      <span className={css.cardText}>{item.description ?? term('requestType', item.request_type)}</span>
      <span className={css.cardFoot}>
        <span className={css.optional}>
          <Trans>within {formatDuration(item.sla_turnaround_hours * 3600)}</Trans>
        </span>
        {item.required_legal_mandate && item.required_legal_mandate !== 'COURT_ORDER' && (
          <ToneBadge tone="quiet">{term('mandateType', item.required_legal_mandate)}</ToneBadge>
        )}
        {(item.requires_court_order || item.required_legal_mandate === 'COURT_ORDER') && (
          <ToneBadge tone="warn">
            <Trans>Court order needed</Trans>
          </ToneBadge>
        )}
      </span>
    </Link>
  )
}

export function TemplatePicker({ q, onSearch }: PickerProps) {
  const { t } = useLingui()
  const query = useQuery(templatesQuery)
  const wanted = q.trim().toLowerCase()
  const fits = (template: Template) =>
    [template.name, template.description, template.catalog_item_name].some((text) =>
      text?.toLowerCase().includes(wanted),
    )
  return (
    <div className={css.ways}>
      <Search label={t`Search the templates`} q={q} onSearch={onSearch} />
      <QueryState query={query} lines={6}>
        {({ items }) => {
          const found = items.filter((template) => template.abilities.use && fits(template))
          if (found.length === 0) {
            return (
              <EmptyState icon={<IconTemplateOff size={22} />} title={<Trans>No template fits</Trans>}>
                <Trans>A template is made from any request of yours, or under “Templates”.</Trans>
              </EmptyState>
            )
          }
          return (
            <ul className={css.cards}>
              {found.map((template) => (
                <li key={template.id}>
                  <Link to="/requests/new" search={{ template: template.id } as never} className={css.card}>
                    <span className={css.cardName}>{template.name}</span>
                    <span className={css.cardText}>{template.description ?? template.catalog_item_name}</span>
                    <span className={css.cardFoot}>
                      <span className={css.optional}>
                        {template.is_shared ? <Trans>Of your unit</Trans> : <Trans>Your own</Trans>}
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }}
      </QueryState>
    </div>
  )
}

export function CopyPicker({ q, onSearch }: PickerProps) {
  const { t } = useLingui()
  const term = useTerm()
  const [words] = useDebouncedValue(q.trim(), 250)
  const query = useQuery({ ...earlierQuery(words), placeholderData: keepPreviousData })
  return (
    <div className={css.ways}>
      <Search label={t`Search by number, words or court order`} q={q} onSearch={onSearch} />
      <QueryState query={query} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconFileOff size={22} />} title={<Trans>No request fits</Trans>}>
              <Trans>Only requests that you may see can be copied.</Trans>
            </EmptyState>
          ) : (
            <ul className={css.cards}>
              {items.map((request) => (
                <li key={request.id}>
                  <Link to="/requests/new" search={{ copy: request.id } as never} className={css.card}>
                    <span className={css.cardName}>{request.request_number}</span>
                    <span className={css.cardText}>
                      {term('requestType', request.request_type)} · {request.provider_tenant.name}
                      {request.case_reference && ` · ${request.case_reference}`}
                    </span>
                    <span className={css.cardFoot}>
                      <StatusBadge status={request.status} />
                      <span className={css.optional}>
                        <Time at={request.created_at} style="date" />
                      </span>
                    </span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
    </div>
  )
}

type RequestType = NonNullable<DraftPatch['request_type']>

/** A provider and a kind, where no catalog item says it better. */
export function FreeStart(): ReactNode {
  const { t, i18n } = useLingui()
  const providers = useQuery(providersQuery)
  const [provider, setProvider] = useState<string | null>(null)
  const [type, setType] = useState<RequestType | null>(null)
  const { start, error, pending } = useStart()
  return (
    <div className={css.fields}>
      <ErrorSummary problems={problemsOf(error)} />
      <p className={css.hint}>
        <Trans>
          The provider then knows only what you write. Where its catalog has an item, that is answered sooner.
        </Trans>
      </p>
      <NativeSelect
        id="provider_tenant_id"
        label={t`Provider`}
        data={[
          { value: '', label: '–' },
          ...(providers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={provider ?? ''}
        onChange={(event) => setProvider(event.currentTarget.value || null)}
      />
      <NativeSelect
        id="request_type"
        label={t`Kind of request`}
        data={[{ value: '', label: '–' }, ...enumeration(i18n, 'requestType')]}
        value={type ?? ''}
        onChange={(event) => setType((event.currentTarget.value || null) as RequestType | null)}
      />
      <div className={css.buttons}>
        <Button
          disabled={!provider || !type}
          loading={pending}
          onClick={() => provider && type && start({ free: { provider, type } })}
        >
          <Trans>Start the draft</Trans>
        </Button>
      </div>
    </div>
  )
}

/** Keeps what is searched for in the address, so that going back finds the same list. */
export function useSearchWords(from: string | undefined, initial: string | undefined): [string, (q: string) => void] {
  const navigate = useNavigate()
  const [q, setQ] = useState(initial ?? '')
  return [
    q,
    (next) => {
      setQ(next)
      void navigate({ to: '/requests/new', search: { from, q: next || undefined } as never, replace: true })
    },
  ]
}
