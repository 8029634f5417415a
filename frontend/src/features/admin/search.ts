/** The state of the lists as search parameters: a filtered list, or one open person, is an address. */
import { oneOf, type SearchOf, searchOf, text } from '~/domain/search.ts'

export const ROLES = ['SUPER_ADMIN', 'IO', 'APPROVER', 'PROVIDER'] as const
export const TENANT_TYPES = ['LAW_ENFORCEMENT', 'PROVIDER', 'PLATFORM'] as const
const STATES = ['active', 'inactive'] as const

export const peopleSearch = searchOf({
  q: text,
  role: oneOf(ROLES),
  tenant_id: text,
  state: oneOf(STATES),
  /** Whose account is open. */
  person: text,
})
export type PeopleSearch = SearchOf<typeof peopleSearch>

export const tenantsSearch = searchOf({
  q: text,
  type: oneOf(TENANT_TYPES),
  state: oneOf(STATES),
  /** Which organisation is open. */
  tenant: text,
})
export type TenantsSearch = SearchOf<typeof tenantsSearch>
