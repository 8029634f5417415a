/** The form of an organisation and its policy. */
import type { Schema } from '~/api/index.ts'
import type { Tenant } from './queries.ts'

export type Policy = Schema<'PolicyOut'>
export type PolicyName = keyof Policy

export interface TenantForm {
  name: string
  code: string
  type: Schema<'TenantIn'>['type']
  parent_id: string | null
  policy: Policy
}

/** What the server sets for what an organisation's policy does not say. */
export const DEFAULT_POLICY: Policy = {
  auto_submit: true,
  mfa_required: true,
  signature_level: 0,
  break_glass_two_person: false,
  e2e_chat: false,
}

export const emptyTenant = (): TenantForm => ({
  name: '',
  code: '',
  type: 'LAW_ENFORCEMENT',
  parent_id: null,
  policy: DEFAULT_POLICY,
})

export const tenantForm = (tenant: Tenant): TenantForm => ({
  name: tenant.name,
  code: tenant.code,
  type: tenant.type as TenantForm['type'],
  parent_id: tenant.parent_id ?? null,
  policy: tenant.policy ?? DEFAULT_POLICY,
})

/** The members of the policy that differ. */
export function policyChanges(before: Policy, after: Policy): Schema<'PolicyIn'> {
  const names = (Object.keys(after) as PolicyName[]).filter((name) => after[name] !== before[name])
  return Object.fromEntries(names.map((name) => [name, after[name]]))
}

export function tenantChanges(tenant: Tenant, form: TenantForm): Schema<'TenantPatch'> {
  const found: Schema<'TenantPatch'> = {}
  if (form.name.trim() !== tenant.name) found.name = form.name.trim()
  if (form.parent_id !== (tenant.parent_id ?? null)) found.parent_id = form.parent_id
  const policy = policyChanges(tenant.policy ?? DEFAULT_POLICY, form.policy)
  if (Object.keys(policy).length > 0) found.policy = policy
  return found
}

export const CODE = /^[A-Z0-9]{2,12}$/
