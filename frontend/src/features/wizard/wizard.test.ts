import { describe, expect, it } from 'vitest'
import type { DraftOut } from './draft.ts'
import { answered, changedFields, copyOf, formOf, mergeOnto, patchOf } from './draft.ts'
import { daysBetween, lastDays, periodFault, todayInIndia } from './period.ts'
import { inLanguage, longestPeriod, readFields, takenTypes } from './required-fields.ts'
import { elementOf, neighbour, promisedHours, stepOf } from './steps.ts'

const DRAFT = {
  id: 'one',
  priority: 'NORMAL',
  answers: { atm: 'A1' },
  identifiers: [{ id: 'i', type: 'MSISDN', masked: '••••0000', outcome: 'PENDING' }],
  catalog_item_id: 'item',
  description: 'Why',
  court_order_number: 'CO/1',
  case_reference: null,
} as unknown as DraftOut

describe('what has to be saved', () => {
  const before = formOf(DRAFT)

  it('is nothing while nothing changed', () => expect(patchOf(before, { ...before })).toBeNull())

  it('is what changed; an emptied field is null', () => {
    const now = { ...before, description: '', priority: 'URGENT' as const, answers: { atm: 'A2' } }
    expect(patchOf(before, now)).toEqual({ description: null, priority: 'URGENT', answers: { atm: 'A2' } })
    expect(changedFields(before, now)).toEqual(['priority', 'description', 'answers'])
  })

  it('holds no identifiers while they are closed, and all of them once one changed', () => {
    expect(before.identifiers).toBeNull()
    const opened = { ...before, identifiers: [{ type: 'MSISDN' as const, value: '+919000000001' }] }
    expect(patchOf(opened, { ...opened })).toBeNull()
    const added = [...opened.identifiers, { type: 'IP' as const, value: '203.0.113.7', port: 1, note: '', from: '' }]
    expect(patchOf(opened, { ...opened, identifiers: added })).toEqual({
      identifiers: [
        { type: 'MSISDN', value: '+919000000001' },
        { type: 'IP', value: '203.0.113.7', port: 1 },
      ],
    })
  })

  it('never holds a whole card number, nor what is left of an Aadhaar number', () => {
    const rows = (type: 'CARD' | 'AADHAAR', value: string) => ({ ...before, identifiers: [{ type, value }] })
    expect(patchOf(before, rows('CARD', '4111111111111111'))).toBeNull()
    expect(patchOf(before, rows('AADHAAR', 'XXXX XXXX 2346'))).toBeNull()
    expect(patchOf(before, rows('CARD', '411111******1111'))).not.toBeNull()
  })
})

describe('a draft that somebody else saved meanwhile', () => {
  const ground = formOf(DRAFT)

  it('takes both sides, where they changed different things', () => {
    const mine = { ...ground, description: 'Mine' }
    const { clashes, form } = mergeOnto({ ...ground, courtOrder: 'CO/2' }, { ground, mine, identifiersMoved: false })
    expect(clashes).toEqual([])
    expect(form).toMatchObject({ description: 'Mine', courtOrder: 'CO/2' })
  })

  it('asks where both changed the same thing differently', () => {
    const mine = { ...ground, description: 'Mine', courtOrder: 'CO/2' }
    const theirs = { ...ground, description: 'Theirs', courtOrder: 'CO/2' }
    expect(mergeOnto(theirs, { ground, mine, identifiersMoved: false }).clashes).toEqual(['description'])
  })

  it('keeps identifiers that are open here, unless they moved there', () => {
    const opened = { ...ground, identifiers: [{ type: 'MSISDN' as const, value: '+919000000001' }] }
    const still = mergeOnto(
      { ...ground, priority: 'URGENT' },
      { ground: opened, mine: opened, identifiersMoved: false },
    )
    expect(still.form.identifiers).toEqual(opened.identifiers)
    const moved = mergeOnto(ground, { ground: opened, mine: opened, identifiersMoved: true })
    expect(moved.form.identifiers).toBeNull()
    const added = {
      ...opened,
      identifiers: [...opened.identifiers, { type: 'IMEI' as const, value: '49015420323751' }],
    }
    expect(mergeOnto(ground, { ground: opened, mine: added, identifiersMoved: true }).clashes).toEqual(['identifiers'])
  })
})

it('an empty answer is no answer', () => {
  expect(answered({ a: '1', b: '2' }, 'a', '')).toEqual({ b: '2' })
  expect(answered({ b: '2' }, 'a', 0)).toEqual({ b: '2', a: 0 })
})

it('a copy takes the request over, but not the data of its case', () => {
  expect(copyOf(DRAFT, { followUp: true })).toEqual({
    catalog_item_id: 'item',
    answers: { atm: 'A1' },
    description: 'Why',
    priority: 'NORMAL',
    parent_request_id: 'one',
  })
})

describe('required fields', () => {
  const fields = readFields([
    {
      name: 'line',
      kind: 'IDENTIFIER',
      label: { en: 'Number', hi: 'नंबर' },
      identifier_types: ['MSISDN', 'bogus', 'IMSI'],
    },
    { name: 'period', kind: 'PERIOD', label: { en: 'Period' }, max_days: 30, required: false },
    { name: 'kind', kind: 'CHOICE', choices: ['DEBIT_FREEZE', { value: 'x', label: { en: 'Ex', hi: 'एक्स' } }] },
    { name: 'half written' },
    null,
  ])

  it('are read with their defaults; what is none is left out', () => {
    expect(fields.map((field) => [field.name, field.required])).toEqual([
      ['line', true],
      ['period', false],
      ['kind', true],
    ])
    expect(fields[2]?.choices).toEqual([
      { value: 'DEBIT_FREEZE', label: 'Debit freeze' },
      { value: 'x', label: { en: 'Ex', hi: 'एक्स' } },
    ])
    expect(takenTypes(fields)).toEqual(['MSISDN', 'IMSI'])
    expect(longestPeriod(fields)).toBe(30)
  })

  it('speak the language of the portal, or English', () => {
    expect(inLanguage({ en: 'Number', hi: 'नंबर' }, 'hi')).toBe('नंबर')
    expect(inLanguage({ en: 'Period' }, 'hi')).toBe('Period')
  })

  it('tell where a problem is mended', () => {
    expect(stepOf('answers.period', fields)).toBe('period')
    expect(stepOf('answers.kind', fields)).toBe('what')
    expect(stepOf('identifiers.0.value', fields)).toBe('identifiers')
    expect(stepOf('legal_mandate_file_id')).toBe('mandate')
    expect(stepOf('approval_route')).toBe('check')
    expect(elementOf('identifiers.2.value')).toBe('identifier-2')
    expect(elementOf('answers.kind')).toBe('answer-kind')
  })
})

describe('steps and promises', () => {
  it('have neighbours', () => {
    expect(neighbour('what', -1)).toBeNull()
    expect(neighbour('mandate', 1)).toBe('check')
  })

  it('fall back to the next calmer priority', () => {
    const terms = { sla_turnaround_hours: 24, sla_turnaround_hours_urgent: 4, sla_turnaround_hours_critical: null }
    expect(['NORMAL', 'URGENT', 'CRITICAL'].map((priority) => promisedHours(terms, priority))).toEqual([24, 4, 4])
  })
})

describe('a period', () => {
  it('counts both of its days', () => expect(daysBetween('2026-09-01', '2026-09-30')).toBe(30))
  it('ends yesterday', () => expect(lastDays('2026-03-01', 30)).toEqual({ from: '2026-01-30', to: '2026-02-28' }))
  it('is of Indian days', () => expect(todayInIndia(Date.parse('2026-11-23T20:00:00Z'))).toBe('2026-11-24'))
  it.each([
    ['', '', null],
    ['2026-09-01', '', 'incomplete'],
    ['2026-09-02', '2026-09-01', 'reversed'],
    ['2027-01-01', '2027-01-02', 'future'],
    ['2026-09-01', '2026-10-01', 'too_long'],
    ['2026-09-01', '2026-09-30', null],
  ])('%s to %s: %s', (from, to, fault) => expect(periodFault(from, to, '2026-11-24', 30)).toBe(fault))
})
