import { describe, expect, it } from 'vitest'
import { countdown } from './countdown.ts'
import { bodyOf, changesOf, emptyForm, formOf, missingOf } from './person-form.ts'
import type { Person, Rule, Tenant } from './queries.ts'
import { rhythmOf } from './rhythm.ts'
import { byUnit, levelsOf, nextRank } from './rule-form.ts'
import { DEFAULT_POLICY, tenantChanges, tenantForm } from './tenant-form.ts'

const person = {
  id: 'p1',
  full_name: 'Sunita Pawar',
  email: 'sho@example.test',
  role: 'APPROVER',
  rank: 'SHO',
  unit: 'Cell 1',
  phone: null,
  is_tenant_admin: true,
  language: 'en',
} as unknown as Person

describe('the form of a person', () => {
  it('sends what was changed and nothing else', () => {
    const form = formOf(person)
    expect(changesOf(person, form)).toEqual({})
    expect(changesOf(person, { ...form, unit: ' ', rank: 'DSP', full_name: 'Sunita Pawar ' })).toEqual({
      unit: null,
      rank: 'DSP',
    })
  })

  it('adds a person with empty fields as null', () => {
    const form = { ...emptyForm('LAW_ENFORCEMENT'), full_name: ' A B ', email: ' a@b.example ' }
    expect(bodyOf(form, 't1')).toMatchObject({
      full_name: 'A B',
      email: 'a@b.example',
      role: 'IO',
      rank: null,
      tenant_id: 't1',
    })
  })

  it('cannot do without a name, an address and the rank of an approver', () => {
    expect(missingOf(emptyForm('PROVIDER'), true)).toEqual(['full_name', 'email'])
    expect(missingOf({ ...formOf(person), rank: '' }, false)).toEqual(['rank'])
    expect(missingOf({ ...formOf(person), role: 'IO', rank: '' }, false)).toEqual([])
  })
})

describe('the form of an organisation', () => {
  const tenant = { name: 'Unit', code: 'UNI', type: 'LAW_ENFORCEMENT', parent_id: null, policy: DEFAULT_POLICY }

  it('sends the members of the policy that were changed', () => {
    const form = tenantForm(tenant as unknown as Tenant)
    expect(tenantChanges(tenant as unknown as Tenant, form)).toEqual({})
    const next = { ...form, parent_id: 'p', policy: { ...form.policy, signature_level: 1 } }
    expect(tenantChanges(tenant as unknown as Tenant, next)).toEqual({
      parent_id: 'p',
      policy: { signature_level: 1 },
    })
  })
})

describe('rules of approval', () => {
  const rule = (id: string, unit: string, named: Partial<Rule>) =>
    ({ id, tenant_id: unit, tenant: { id: unit, name: unit }, created_at: '2026-11-24', ...named }) as Rule

  it('stand by unit in the order in which they are asked', () => {
    const units = byUnit([
      rule('any', 'Pune', {}),
      rule('urgent', 'Mumbai', { priority: 'URGENT' }),
      rule('type', 'Pune', { request_type: 'CDR' }),
      rule('mandate', 'Pune', { legal_mandate_type: 'COURT_ORDER', priority: 'URGENT' }),
      rule('newer', 'Pune', { created_at: '2026-11-25' }),
    ])
    expect(units.map(({ name, rules }) => [name, rules.map(({ id }) => id)])).toEqual([
      ['Mumbai', ['urgent']],
      ['Pune', ['type', 'mandate', 'newer', 'any']],
    ])
  })

  it('count their levels from one, and never ask for less further up', () => {
    expect(levelsOf(['SHO', 'DSP'])).toEqual([
      { level: 1, min_rank: 'SHO' },
      { level: 2, min_rank: 'DSP' },
    ])
    expect([nextRank([]), nextRank(['SHO']), nextRank(['DG'])]).toEqual(['SHO', 'ACP', 'DG'])
  })
})

describe('times', () => {
  it('counts down in minutes and seconds, and never below zero', () => {
    expect([countdown(3_600_000), countdown(61_001), countdown(1), countdown(-5)]).toEqual([
      '60:00',
      '01:02',
      '00:01',
      '00:00',
    ])
  })

  it('tells how often a job runs, with times of day in India', () => {
    expect(rhythmOf({ every_seconds: 30, cron: null })).toEqual({ kind: 'every', seconds: 30 })
    expect(rhythmOf({ cron: '*/15 * * * *' })).toEqual({ kind: 'every', seconds: 900 })
    expect(rhythmOf({ cron: '40 20 * * *' })).toEqual({ kind: 'daily', time: '02:10' })
    expect(rhythmOf({ cron: '0 0 * * 1' })).toEqual({ kind: 'other', text: '0 0 * * 1' })
  })
})
