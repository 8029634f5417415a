/** What administrators read and change: people, organisations, rules of approval. */
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, call, idempotencyKey, ifMatch, keys, type Schema } from '~/api/index.ts'
import type { PeopleSearch, TenantsSearch } from './search.ts'

export type Person = Schema<'UserOut'>
export type Tenant = Schema<'FullTenantOut'>
export type Rule = Schema<'RuleOut'>
export type Route = Schema<'RouteOut'>
type PersonPage = Schema<'UserPage'>

const PAGE = 100
const MOST = 200
const MOST_IN_BULK = 50

export interface PeopleFilters extends Omit<PeopleSearch, 'person' | 'state'> {
  is_active?: boolean
  sort?: string
}

const readPeople = (filters: PeopleFilters, cursor: string | null, limit: number, signal?: AbortSignal) =>
  call(
    api.GET('/api/v1/users/', { params: { query: { ...filters, limit, ...(cursor && { cursor }) } as never }, signal }),
  )

export const peopleQuery = (filters: PeopleFilters) =>
  infiniteQueryOptions({
    queryKey: keys.users.list(filters),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<PersonPage> => readPeople(filters, pageParam, PAGE, signal),
    getNextPageParam: (page) => page.next_cursor,
  })

/** The active people of one organisation, to see who would be left and who could take over. */
export const activePeopleQuery = (tenantId: string) =>
  queryOptions({
    queryKey: keys.users.list({ active: tenantId }),
    queryFn: ({ signal }) => readPeople({ tenant_id: tenantId, is_active: true }, null, MOST, signal),
  })

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: keys.users.one(id),
    queryFn: ({ signal }) => call(api.GET('/api/v1/users/{user_id}/', { params: { path: { user_id: id } }, signal })),
  })

export const rightsQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.users.one(id), 'rights'],
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/users/{user_id}/rights/', { params: { path: { user_id: id } }, signal })),
  })

const invite = (id: string) =>
  call(api.POST('/api/v1/users/{user_id}/invitation/', { params: { path: { user_id: id } } }))

export function useInvite() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: invite,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.audit.all }),
  })
}

export function useAddPerson() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'UserIn'>) =>
      call(api.POST('/api/v1/users/', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.users.all }),
  })
}

export function useSavePerson(person: Pick<Person, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'UserPatch'>) =>
      call(
        api.PATCH('/api/v1/users/{user_id}/', {
          params: { path: { user_id: person.id } },
          headers: { 'If-Match': ifMatch(person.version) },
          body,
        }),
      ),
    // Also after a refusal: somebody else may have changed the person.
    onSettled: () => client.invalidateQueries({ queryKey: keys.users.all }),
  })
}

export const tenantsQuery = (filters: Omit<TenantsSearch, 'tenant' | 'state'> & { is_active?: boolean } = {}) =>
  queryOptions({
    queryKey: keys.tenants.list(filters),
    queryFn: async ({ signal }) => {
      const items: Tenant[] = []
      let cursor: string | null = null
      do {
        const query = { ...filters, limit: MOST, ...(cursor && { cursor }) } as never
        const page: Schema<'FullTenantPage'> = await call(api.GET('/api/v1/tenants/', { params: { query }, signal }))
        items.push(...page.items)
        cursor = page.next_cursor ?? null
      } while (cursor !== null)
      return items
    },
  })

export const tenantQuery = (id: string) =>
  queryOptions({
    queryKey: keys.tenants.one(id),
    queryFn: ({ signal }) =>
      call(api.GET('/api/v1/tenants/{tenant_id}/', { params: { path: { tenant_id: id } }, signal })),
  })

export function useAddTenant() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'TenantIn'>) =>
      call(api.POST('/api/v1/tenants/', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body })),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tenants.all }),
  })
}

export function useSaveTenant(tenant: Pick<Tenant, 'id' | 'version'>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Schema<'TenantPatch'>) =>
      call(
        api.PATCH('/api/v1/tenants/{tenant_id}/', {
          params: { path: { tenant_id: tenant.id } },
          headers: { 'If-Match': ifMatch(tenant.version) },
          body,
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.tenants.all }),
  })
}

const RULES = keys.authorityRules().slice(0, 1)

export const rulesQuery = queryOptions({
  queryKey: keys.authorityRules(),
  queryFn: async ({ signal }) => {
    const page = await call(
      api.GET('/api/v1/lers/authority-rules/', { params: { query: { limit: MOST } as never }, signal }),
    )
    return page.items
  },
})

export const routeQuery = (asked: Schema<'RouteIn'>) =>
  queryOptions({
    queryKey: keys.authorityRules(asked),
    queryFn: ({ signal }) => call(api.POST('/api/v1/lers/authority-rules/preview/', { body: asked, signal })),
    placeholderData: (before) => before,
  })

/** Add a rule, or change the one that is given. */
export function useSaveRule(rule: Rule | null) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ tenant_id, ...body }: Schema<'RuleIn'>) =>
      rule
        ? call(
            api.PATCH('/api/v1/lers/authority-rules/{rule_id}/', {
              params: { path: { rule_id: rule.id } },
              headers: { 'If-Match': ifMatch(rule.version) },
              body,
            }),
          )
        : call(
            api.POST('/api/v1/lers/authority-rules/', {
              params: { header: { 'Idempotency-Key': idempotencyKey() } },
              body: { ...body, ...(tenant_id && { tenant_id }) },
            }),
          ),
    onSettled: () => client.invalidateQueries({ queryKey: RULES }),
  })
}

export function useDeleteRule(rule: Rule) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () =>
      call(
        api.DELETE('/api/v1/lers/authority-rules/{rule_id}/', {
          params: { path: { rule_id: rule.id } },
          headers: { 'If-Match': ifMatch(rule.version) },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: RULES }),
  })
}

/** Give a person's open requests to a colleague; each is judged by itself. */
export function useHandOver() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ ids, to }: { ids: readonly string[]; to: string }) => {
      const results: Schema<'BulkResultOut'>[] = []
      for (let at = 0; at < ids.length; at += MOST_IN_BULK) {
        const answer = await call(
          api.POST('/api/v1/lers/requests/bulk/', {
            params: { header: { 'Idempotency-Key': idempotencyKey() } },
            body: { action: 'assign', user_id: to, ids: ids.slice(at, at + MOST_IN_BULK) },
          }),
        )
        results.push(...answer.results)
      }
      return results
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.requests.all }),
  })
}
