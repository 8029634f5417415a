import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { formatNumber, terms, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, EmptyState, ErrorState, Loading, Page, Panel, Time, ToneBadge, useEver } from '~/ui/index.ts'
import { type Column, DataTable } from '~/ui/table/index.ts'
import css from '../components/admin.module.css'
import { Filter, Toolbar } from '../components/Toolbar.tsx'
import { type Tenant, tenantsQuery } from '../queries.ts'
import type { TenantsSearch } from '../search.ts'
import { DEFAULT_POLICY, policyChanges } from '../tenant-form.ts'
import { policyText } from '../words.ts'

// Loaded when they are first opened.
const AddTenant = lazy(async () => ({ default: (await import('../components/TenantForm.tsx')).AddTenant }))
const TenantDialog = lazy(async () => ({ default: (await import('../components/TenantDialog.tsx')).TenantDialog }))

const NONE: readonly Tenant[] = []

export default function TenantsPage() {
  const { t, i18n } = useLingui()
  const search = useSearch({ strict: false }) as TenantsSearch
  const navigate = useNavigate()
  const go = useCallback(
    (next: TenantsSearch) => void navigate({ to: '.', search: next as never, resetScroll: false }),
    [navigate],
  )
  const [adding, setAdding] = useState(false)
  const { q, type, state, tenant } = search
  const shown = useEver(Boolean(tenant))
  const query = useQuery(tenantsQuery({ q, type, ...(state && { is_active: state === 'active' }) }))
  const all = useQuery(tenantsQuery())
  const columns = useTenantColumns(all.data ?? NONE)
  const onSearch = useCallback((words: string | undefined) => go({ ...search, q: words }), [go, search])
  useKeys({ n: { run: () => setAdding(true), label: t`Add an organisation` } }, { scope: t`List` })
  const total = query.data?.length
  return (
    <Page
      title={t`Tenants`}
      lead={<Trans>The agencies and providers on LERS. Each keeps its people, requests and trail to itself.</Trans>}
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          <Trans>Add an organisation</Trans>
        </Button>
      }
    >
      <Panel flush>
        <Toolbar
          label={t`Find by name or short name`}
          value={q ?? ''}
          onSearch={onSearch}
          total={
            total !== undefined && (
              <Plural
                value={total}
                one={`${formatNumber(total)} organisation`}
                other={`${formatNumber(total)} organisations`}
              />
            )
          }
        >
          <Filter
            label={t`All kinds`}
            value={type}
            choices={terms(i18n, 'tenantType')}
            onChange={(next) => go({ ...search, type: next as TenantsSearch['type'] })}
          />
          <Filter
            label={t`Open and closed`}
            value={state}
            choices={[
              { value: 'active', label: t`Open` },
              { value: 'inactive', label: t`Closed` },
            ]}
            onChange={(next) => go({ ...search, state: next as TenantsSearch['state'] })}
          />
        </Toolbar>
        {query.error && !query.data ? (
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        ) : (
          <DataTable
            label={t`Organisations`}
            columns={columns}
            rows={query.data ?? NONE}
            rowId={(row) => row.id}
            rowName={(row) => row.name}
            onOpen={(row) => go({ ...search, tenant: row.id })}
            loading={query.isPending}
            empty={
              <EmptyState
                title={<Trans>No organisation is like this</Trans>}
                action={
                  <Button variant="default" onClick={() => go({})}>
                    <Trans>Show all</Trans>
                  </Button>
                }
              />
            }
          />
        )}
      </Panel>
      {shown && (
        <Suspense fallback={null}>
          <TenantDialog id={tenant} tenants={all.data ?? NONE} onClose={() => go({ ...search, tenant: undefined })} />
        </Suspense>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t`Add an organisation`} size="lg">
        <Suspense fallback={<Loading lines={6} />}>
          <AddTenant tenants={all.data ?? NONE} onClose={() => setAdding(false)} />
        </Suspense>
      </Dialog>
    </Page>
  )
}

function useTenantColumns(all: readonly Tenant[]): Column<Tenant>[] {
  const { t, i18n } = useLingui()
  const term = useTerm()
  return useMemo(() => {
    const names = new Map(all.map(({ id, name }) => [id, name]))
    return [
      {
        id: 'name',
        header: t`Name`,
        sort: true,
        value: (tenant) => tenant.name,
        width: 'minmax(14rem, 2fr)',
        card: 'title',
        cell: (tenant) => (
          <span className={css.two}>
            <span className={css.strong}>{tenant.name}</span>
            <span className={css.code}>{tenant.code}</span>
          </span>
        ),
      },
      {
        id: 'type',
        header: t`Kind`,
        sort: true,
        value: (tenant) => term('tenantType', tenant.type),
        cell: (tenant) => term('tenantType', tenant.type),
      },
      {
        id: 'parent',
        header: t`Belongs to`,
        from: 60,
        cell: (tenant) => (tenant.parent_id && names.get(tenant.parent_id)) || '–',
      },
      {
        id: 'policy',
        header: t`Own rules`,
        from: 50,
        width: 'minmax(10rem, 1.6fr)',
        cell: (tenant) => {
          const own = policyChanges(DEFAULT_POLICY, tenant.policy ?? DEFAULT_POLICY)
          return <span className={css.dim}>{Object.keys(own).length > 0 ? policyText(i18n, own) : t`as usual`}</span>
        },
      },
      {
        id: 'state',
        header: t`State`,
        width: '7rem',
        card: 'aside',
        cell: (tenant) => (
          <ToneBadge tone={tenant.is_active ? 'good' : 'quiet'} dot>
            {tenant.is_active ? t`Open` : t`Closed`}
          </ToneBadge>
        ),
      },
      {
        id: 'created',
        header: t`On LERS since`,
        width: '9rem',
        sort: true,
        value: (tenant) => tenant.created_at,
        cell: (tenant) => <Time at={tenant.created_at} style="date" />,
      },
    ]
  }, [all, i18n, t, term])
}
