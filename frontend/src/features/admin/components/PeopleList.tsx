/** People and their accounts: of the whole platform, or of one organisation. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { formatNumber, terms, useTerm } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, EmptyState, ErrorState, Loading, Panel, Time, ToneBadge, useEver } from '~/ui/index.ts'
import { type Column, DataTable, parseSort, sortText } from '~/ui/table/index.ts'
import { type PeopleFilters, type Person, peopleQuery, type Tenant } from '../queries.ts'
import type { PeopleSearch } from '../search.ts'
import css from './admin.module.css'
import { PersonState } from './PersonState.tsx'
import { Filter, Toolbar } from './Toolbar.tsx'

// Loaded when they are first opened: they are most of this screen's code.
const AddPerson = lazy(async () => ({ default: (await import('./AddPerson.tsx')).AddPerson }))
const PersonDialog = lazy(async () => ({ default: (await import('./PersonDialog.tsx')).PersonDialog }))

interface PeopleListProps {
  /** Of all organisations: with a column and a filter for them. */
  platform: boolean
  /** The organisations that a person can be added to. */
  homes: readonly Pick<Tenant, 'id' | 'name' | 'type'>[]
  /** Whether a person is being added. */
  adding: boolean
  setAdding: (adding: boolean) => void
}

export function PeopleList({ platform, homes, adding, setAdding }: PeopleListProps) {
  const { t } = useLingui()
  const { search, go } = usePeopleAddress()
  const [sort, setSort] = useState('name')
  const { state, person, ...rest } = search
  const filters: PeopleFilters = { ...rest, ...(state && { is_active: state === 'active' }), sort }
  const query = useInfiniteQuery(peopleQuery(filters))
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data])
  const columns = usePeopleColumns(platform)
  const shown = useEver(Boolean(person))
  useKeys({ i: { run: () => setAdding(true), label: t`Add a person` } }, { scope: t`List` })
  return (
    <Panel flush>
      <PeopleToolbar search={search} go={go} homes={platform ? homes : []} total={query.data?.pages[0]?.total} />
      {query.error && !query.data ? (
        <ErrorState error={query.error} retry={() => void query.refetch()} />
      ) : (
        <DataTable
          label={t`People`}
          columns={columns}
          rows={rows}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          sort={parseSort(sort)}
          onSort={(next) => setSort(sortText(next))}
          onOpen={(row) => go({ ...search, person: row.id })}
          loading={query.isPending}
          loadingMore={query.isFetchingNextPage}
          hasMore={query.hasNextPage}
          onEnd={() => void query.fetchNextPage()}
          empty={<Nobody onClear={() => go({})} />}
        />
      )}
      {shown && (
        <Suspense fallback={null}>
          <PersonDialog id={person} onClose={() => go({ ...search, person: undefined })} />
        </Suspense>
      )}
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t`Add a person`} size="xl">
        <Suspense fallback={<Loading lines={6} />}>
          <AddPerson homes={homes} onClose={() => setAdding(false)} />
        </Suspense>
      </Dialog>
    </Panel>
  )
}

function usePeopleAddress() {
  const search = useSearch({ strict: false }) as PeopleSearch
  const navigate = useNavigate()
  const go = useCallback(
    (next: PeopleSearch) => void navigate({ to: '.', search: next as never, resetScroll: false }),
    [navigate],
  )
  return { search, go }
}

interface PeopleToolbarProps {
  search: PeopleSearch
  go: (next: PeopleSearch) => void
  homes: readonly Pick<Tenant, 'id' | 'name'>[]
  total: number | undefined
}

function PeopleToolbar({ search, go, homes, total }: PeopleToolbarProps) {
  const { t, i18n } = useLingui()
  const me = useMe()
  const roles = terms(i18n, 'role').filter(({ value }) =>
    me.role === 'SUPER_ADMIN'
      ? true
      : me.role === 'PROVIDER'
        ? value === 'PROVIDER'
        : value === 'IO' || value === 'APPROVER',
  )
  const onSearch = useCallback((q: string | undefined) => go({ ...search, q }), [go, search])
  return (
    <Toolbar
      label={t`Find by name, e-mail or badge`}
      value={search.q ?? ''}
      onSearch={onSearch}
      total={
        total !== undefined && (
          <Plural value={total} one={`${formatNumber(total)} person`} other={`${formatNumber(total)} people`} />
        )
      }
    >
      {homes.length > 0 && (
        <Filter
          label={t`All organisations`}
          value={search.tenant_id}
          choices={homes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(tenant_id) => go({ ...search, tenant_id })}
        />
      )}
      {roles.length > 1 && (
        <Filter
          label={t`All roles`}
          value={search.role}
          choices={roles}
          onChange={(role) => go({ ...search, role: role as PeopleSearch['role'] })}
        />
      )}
      <Filter
        label={t`Open and closed`}
        value={search.state}
        choices={[
          { value: 'active', label: t`Open accounts` },
          { value: 'inactive', label: t`Closed accounts` },
        ]}
        onChange={(state) => go({ ...search, state: state as PeopleSearch['state'] })}
      />
    </Toolbar>
  )
}

function Nobody({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      title={<Trans>Nobody is like this</Trans>}
      action={
        <Button variant="default" onClick={onClear}>
          <Trans>Show everybody</Trans>
        </Button>
      }
    >
      <Trans>No account fits these words and filters.</Trans>
    </EmptyState>
  )
}

function usePeopleColumns(platform: boolean): Column<Person>[] {
  const { t } = useLingui()
  const term = useTerm()
  return useMemo(() => {
    const columns: Column<Person>[] = [
      {
        id: 'name',
        header: t`Name`,
        sort: 'name',
        width: 'minmax(14rem, 2fr)',
        card: 'title',
        cell: (person) => (
          <span className={css.two}>
            <span>
              <span className={css.strong}>{person.name}</span>
              {person.rank && <span className={css.dim}> {person.rank}</span>}
            </span>
            <span className={css.dim}>{person.email}</span>
          </span>
        ),
      },
      {
        id: 'role',
        header: t`Role`,
        width: 'minmax(10rem, 1.2fr)',
        cell: (person) => (
          <span className={css.badges}>
            {term('role', person.role)}
            {person.is_tenant_admin && (
              <ToneBadge tone="info">
                <Trans>Administers</Trans>
              </ToneBadge>
            )}
          </span>
        ),
      },
      { id: 'tenant', header: t`Organisation`, from: 54, cell: (person) => person.tenant.name },
      { id: 'unit', header: t`Unit`, from: platform ? 68 : 54, cell: (person) => person.unit ?? '–' },
      {
        id: 'state',
        header: t`State`,
        width: '7rem',
        card: 'aside',
        cell: (person) => <PersonState person={person} />,
      },
      {
        id: 'last',
        header: t`Last signed in`,
        width: '9rem',
        cell: (person) =>
          person.last_login_at ? <Time at={person.last_login_at} /> : <span className={css.dim}>{t`never`}</span>,
      },
    ]
    return platform ? columns : columns.filter(({ id }) => id !== 'tenant')
  }, [platform, t, term])
}
