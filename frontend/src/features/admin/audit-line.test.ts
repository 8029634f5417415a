import { describe, expect, it } from 'vitest'
import { personChanged, ruleWritten, tenantChanged } from './audit-line.ts'

describe('the line of a changed person', () => {
  it('names all fields, and shows the rights alone', () => {
    expect(personChanged({ unit: 'Cell 2', rank: 'DSP', phone: null })).toEqual({
      event: 'user:update',
      change: { fields: ['phone', 'rank', 'unit'], rank: 'DSP' },
    })
  })

  it('calls closing and opening by their names', () => {
    expect(personChanged({ is_active: false })?.event).toBe('user:deactivate')
    expect(personChanged({ is_active: true })?.event).toBe('user:reactivate')
  })

  it('is not written when nothing changes', () => {
    expect(personChanged({})).toBeNull()
    expect(tenantChanged({})).toBeNull()
  })
})

describe('the line of an organisation', () => {
  it('shows the members of the policy that are sent', () => {
    expect(tenantChanged({ name: 'New', policy: { auto_submit: false } })).toEqual({
      event: 'tenant:update',
      change: { fields: ['name', 'policy'], policy: { auto_submit: false } },
    })
  })
})

describe('the line of a rule', () => {
  it('tells the ranks in the order of their levels, and what is left open', () => {
    const body = {
      request_type: 'CDR',
      legal_mandate_type: null,
      priority: null,
      note: null,
      levels: [
        { level: 1, min_rank: 'SHO' },
        { level: 2, min_rank: 'DSP' },
      ],
    } as const
    const line = ruleWritten({ ...body, levels: [...body.levels] }, true)
    expect(line).toEqual({
      event: 'authority:rule_created',
      change: { request_type: 'CDR', legal_mandate_type: null, priority: null, levels: ['SHO', 'DSP'] },
    })
  })
})
