import { describe, expect, it } from 'vitest'
import type { EarlierRequest, Template } from './queries.ts'
import { hasMoved, sinceThen } from './since.ts'
import { suggestions } from './starter-set.ts'
import { blanksIn, bodyOf, differs, EMPTY_TEMPLATE, formFrom, formFromRequest, withBlank } from './template-form.ts'

const TEMPLATE: Template = {
  id: 't',
  name: 'CDR of a suspect',
  description: null,
  catalog_item_id: 'item',
  catalog_item_name: 'CDR',
  catalog_item_updated_at: '2026-05-01T00:00:00Z',
  catalog_item_offered: true,
  provider_tenant: null,
  request_type: null,
  content: {
    priority: 'URGENT',
    description: 'For {{case_reference}}',
    metadata: { team: 'two' },
    answers: { why: '{{reason}}' },
  },
  is_shared: true,
  usage_count: 0,
  last_used_at: null,
  created_by: { id: 'u', name: 'Asha Kulkarni' },
  version: 1,
  created_at: '2026-05-01T00:00:00Z',
  updated_at: '2026-05-01T00:00:00Z',
  abilities: { use: true, update: true, delete: true },
}

describe('a template', () => {
  it('read and written again differs in nothing, also in what the editor does not show', () => {
    const form = formFrom(TEMPLATE)
    expect(bodyOf(form).content).toEqual(TEMPLATE.content)
    expect(differs(form, formFrom(TEMPLATE))).toBe(false)
    expect(differs(form, { ...form, shared: false })).toBe(true)
  })

  it('has its blanks told, of texts and answers, each once', () => {
    expect(blanksIn(formFrom(TEMPLATE))).toEqual(['case_reference', 'reason'])
  })

  it('names a provider and a kind without an item alone', () => {
    const form = { ...EMPTY_TEMPLATE, name: 'x', itemId: 'item', providerId: 'p', requestType: 'CDR' as const }
    expect(bodyOf(form)).toMatchObject({ catalog_item_id: 'item', provider_tenant_id: null, request_type: null })
    expect(bodyOf({ ...form, itemId: null })).toMatchObject({ provider_tenant_id: 'p', request_type: 'CDR' })
  })

  it('takes from a request what the next case shares, and nothing of the case itself', () => {
    const request = {
      catalog_item_id: 'item',
      provider_tenant: { id: 'p', name: 'Bharat Telecom' },
      request_type: 'CDR',
      priority: 'URGENT',
      description: 'Kindly furnish',
      case_reference: 'FIR 12/2026',
      court_order_number: 'CO-7',
      legal_mandate_type: 'BNSS_94',
      identifiers: [{ masked: '…4210' }],
      answers: { why: 'theft' },
    } as unknown as EarlierRequest
    const { content, ...address } = bodyOf(formFromRequest(request, 'CDR – Bharat Telecom'))
    expect(address).toMatchObject({ catalog_item_id: 'item', provider_tenant_id: null })
    expect(content).toEqual({
      priority: 'URGENT',
      legal_mandate_type: 'BNSS_94',
      description: 'Kindly furnish',
      case_reference: '{{case_reference}}',
      answers: { why: 'theft' },
    })
  })

  it('gets a blank where the cursor stands, in place of what is marked', () => {
    expect(withBlank('by  of', 3, 3, 'officer')).toEqual({ value: 'by {{officer}} of', cursor: 14 })
    expect(withBlank('by me', 3, 5, 'rank')).toEqual({ value: 'by {{rank}}', cursor: 11 })
  })
})

describe('since it was written', () => {
  const versions = [
    { version: 1, created_at: '2026-01-01T00:00:00Z' },
    { version: 2, created_at: '2026-06-01T00:00:00Z' },
    { version: 3, created_at: '2026-07-01T00:00:00Z' },
  ]

  it('the item has moved only when it changed later', () => {
    expect(hasMoved(TEMPLATE)).toBe(false)
    expect(hasMoved({ ...TEMPLATE, catalog_item_updated_at: '2026-05-02T00:00:00Z' })).toBe(true)
    expect(hasMoved({ ...TEMPLATE, catalog_item_updated_at: null })).toBe(false)
  })

  it('the version of that day is held against the newest', () => {
    expect(sinceThen(versions, '2026-05-01T00:00:00Z')).toEqual({ past: versions[0], now: versions[2] })
    expect(sinceThen(versions, '2026-08-01T00:00:00Z')).toBeNull()
    expect(sinceThen(versions, '2025-01-01T00:00:00Z')).toBeNull()
  })
})

describe('the starter set', () => {
  const item = (id: string, type: string, featured = false) => ({
    id,
    name: id,
    request_type: type,
    is_featured: featured,
    provider_tenant: { id: 'p', name: 'Bharat Telecom' },
  })

  it('has one template for a kind, of the featured item, and none for what has one', () => {
    const items = [item('a', 'CDR'), item('b', 'CDR', true), item('c', 'KYC'), item('d', 'CCTV')]
    expect(suggestions(items, new Set()).map((each) => each.item.id)).toEqual(['b', 'c'])
    expect(suggestions(items, new Set(['a'])).map((each) => each.item.id)).toEqual(['c'])
    const [first] = suggestions(items, new Set())
    expect(first && blanksIn(first.form)).toEqual(['case_reference', 'unit', 'reason'])
  })
})
