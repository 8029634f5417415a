/** The form of a person's account: from the account, to what is added or changed. */
import type { Schema } from '~/api/index.ts'
import type { Person } from './queries.ts'

type Role = Schema<'UserIn'>['role']
export type TenantType = Schema<'TenantIn'>['type']

export interface PersonForm {
  full_name: string
  email: string
  role: Role
  rank: string
  badge_number: string
  unit: string
  phone: string
  is_tenant_admin: boolean
  language: 'en' | 'hi'
}

/** Which roles an organisation's people may have: the choice that is offered. The server holds the rule. */
export const ROLES_OF: Record<TenantType, readonly [Role, ...Role[]]> = {
  PLATFORM: ['SUPER_ADMIN'],
  LAW_ENFORCEMENT: ['IO', 'APPROVER'],
  PROVIDER: ['PROVIDER'],
}

export const emptyForm = (type: TenantType): PersonForm => ({
  full_name: '',
  email: '',
  role: ROLES_OF[type][0],
  rank: '',
  badge_number: '',
  unit: '',
  phone: '',
  is_tenant_admin: false,
  language: 'en',
})

export const formOf = (person: Person): PersonForm => ({
  full_name: person.full_name,
  email: person.email,
  role: person.role as Role,
  rank: person.rank ?? '',
  badge_number: person.badge_number ?? '',
  unit: person.unit ?? '',
  phone: person.phone ?? '',
  is_tenant_admin: person.is_tenant_admin,
  language: person.language === 'hi' ? 'hi' : 'en',
})

const orNull = (text: string): string | null => text.trim() || null

export function bodyOf(form: PersonForm, tenantId: string): Schema<'UserIn'> {
  return {
    full_name: form.full_name.trim(),
    email: form.email.trim(),
    role: form.role,
    rank: orNull(form.rank),
    badge_number: orNull(form.badge_number),
    unit: orNull(form.unit),
    phone: orNull(form.phone),
    is_tenant_admin: form.is_tenant_admin,
    language: form.language,
    tenant_id: tenantId,
  }
}

const TEXTS = ['rank', 'badge_number', 'unit', 'phone'] as const

/** What the form changes of the account: nothing else is sent, so nobody's other change is undone. */
export function changesOf(person: Person, form: PersonForm): Schema<'UserPatch'> {
  const found: Schema<'UserPatch'> = {}
  if (form.full_name.trim() !== person.full_name) found.full_name = form.full_name.trim()
  if (form.role !== person.role) found.role = form.role
  if (form.is_tenant_admin !== person.is_tenant_admin) found.is_tenant_admin = form.is_tenant_admin
  for (const name of TEXTS) {
    const next = orNull(form[name])
    if (next !== (person[name] ?? null)) found[name] = next
  }
  return found
}

export type MissingPart = 'full_name' | 'email' | 'rank'

/** What the form cannot do without. */
export function missingOf(form: PersonForm, adding: boolean): MissingPart[] {
  const found: MissingPart[] = []
  if (!form.full_name.trim()) found.push('full_name')
  if (adding && !form.email.includes('@')) found.push('email')
  if (form.role === 'APPROVER' && !form.rank) found.push('rank')
  return found
}
