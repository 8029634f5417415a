import { describe, expect, it } from 'vitest'
import { Problem } from '~/api/index.ts'
import { choicesFrom, choicesText, faultsOf, fieldsFrom, moved, nameFor, newField, rawOf, relabel } from './fields.ts'
import { bodyOf, changedNames, EMPTY_ITEM, FORM_NAMES, formFrom, itemFaults, rebase } from './item-form.ts'
import { keptOf } from './promise.ts'
import { catalogSearch } from './search.ts'
import { starters } from './starters.ts'
import { sortRefused } from './use-editor.ts'

const RAW = [
  {
    name: 'account',
    label: { en: 'Account', hi: 'खाता' },
    kind: 'IDENTIFIER',
    required: true,
    help: 'As on the cheque',
    identifier_types: ['BANK_ACCOUNT'],
  },
  { name: 'period', label: { en: 'Period' }, kind: 'PERIOD', required: true, max_days: 365 },
  {
    name: 'kind',
    label: { en: 'Kind' },
    kind: 'CHOICE',
    required: false,
    choices: ['LIEN', { value: 'FREEZE', label: { en: 'Freeze' } }],
  },
]

const ITEM = {
  name: 'Account statement',
  description: null,
  category: 'Account',
  request_type: 'BANK_STATEMENT',
  sla_turnaround_hours: 72,
  sla_turnaround_hours_urgent: 24,
  sla_turnaround_hours_critical: null,
  sla_business_hours_only: false,
  sla_statutory: false,
  required_fields: RAW,
  required_legal_mandate: 'BNSS_94',
  requires_mandate_file: true,
  requires_court_order: false,
  output_format: 'CSV',
  output_description: null,
  is_active: true,
  is_featured: false,
  notes_for_law_enforcement: null,
}

describe('fields', () => {
  it('come back as they were read, with a label for each choice', () => {
    const [account, period, kind] = fieldsFrom(RAW).map(rawOf)
    expect(account).toEqual(RAW[0])
    expect(period).toEqual(RAW[1])
    expect(kind?.choices).toEqual([
      { value: 'LIEN', label: { en: 'Lien' } },
      { value: 'FREEZE', label: { en: 'Freeze' } },
    ])
  })

  it('carry only what their kind has', () => {
    const field = { ...newField('TEXT', []), en: 'Reason', maxDays: 5, choices: [{ value: 'A', en: '', hi: '' }] }
    expect(rawOf(field)).toEqual({ name: 'text', label: { en: 'Reason' }, kind: 'TEXT', required: true })
  })

  it('have help as one text, or as one a language', () => {
    const field = { ...newField('TEXT', []), en: 'Reason', helpEn: 'Short' }
    expect(rawOf(field).help).toBe('Short')
    expect(rawOf({ ...field, helpHi: 'संक्षेप में' }).help).toEqual({ en: 'Short', hi: 'संक्षेप में' })
  })

  it('are named after their label, unless somebody named them', () => {
    expect(nameFor('Mobile number!', [])).toBe('mobile_number')
    expect(nameFor('2nd account', [])).toBe('nd_account')
    expect(nameFor('खाता', [])).toBe('field')
    expect(nameFor('Account', ['account', 'account_2'])).toBe('account_3')
    const field = newField('TEXT', [])
    const named = relabel(field, 'Reason', [field])
    expect(named.name).toBe('reason')
    expect(relabel({ ...named, name: 'why' }, 'Purpose', [named]).name).toBe('why')
  })

  it('move by one place, never past an end', () => {
    const list = [{ key: 'a' }, { key: 'b' }, { key: 'c' }]
    const keys = (step: -1 | 1, key: string) =>
      moved(list, key, step)
        .map((each) => each.key)
        .join('')
    expect(keys(1, 'a')).toBe('bac')
    expect(keys(-1, 'c')).toBe('acb')
    expect(keys(-1, 'a')).toBe('abc')
    expect(keys(1, 'c')).toBe('abc')
  })

  it('are refused here for what the server would refuse', () => {
    const text = { ...newField('TEXT', []), en: 'A', name: 'a' }
    const faults = (...fields: Parameters<typeof faultsOf>[0]) => faultsOf(fields).map(({ fault }) => fault)
    expect(faults(text)).toEqual([])
    expect(faults({ ...text, en: ' ' })).toEqual(['label'])
    expect(faults({ ...text, name: '1a' })).toEqual(['name'])
    expect(faults(text, { ...text, key: 'other' })).toEqual(['name_taken', 'name_taken'])
    const choice = { ...text, kind: 'CHOICE' as const }
    expect(faults(choice)).toEqual(['no_choices'])
    expect(faults({ ...choice, choices: choicesFrom('| Label') })).toEqual(['choice_empty'])
    expect(faults({ ...choice, choices: choicesFrom('A\nA') })).toEqual(['choice_twice'])
    const period = { ...text, kind: 'PERIOD' as const }
    expect(faults(period, { ...period, key: 'other', name: 'b' })).toEqual(['second_period'])
    expect(faults({ ...period, maxDays: 3661 })).toEqual(['max_days'])
  })

  it('have choices that are written a line each', () => {
    const text = 'LIEN\nFREEZE | Freeze\nRELEASE | Release | छोड़ना'
    expect(choicesText(choicesFrom(text))).toBe(text)
    expect(choicesFrom('\n A \n\n')).toEqual([{ value: 'A', en: '', hi: '' }])
  })
})

describe('an item', () => {
  const base = formFrom(ITEM)

  it('read and written again differs in nothing', () => {
    expect(changedNames(base, formFrom(ITEM))).toEqual([])
    expect(bodyOf(formFrom(ITEM), base)).toEqual({})
  })

  it('sends what differs alone; an emptied text as null', () => {
    expect(bodyOf({ ...base, format: ' ', hours: 48 }, base)).toEqual({ output_format: null, sla_turnaround_hours: 48 })
    expect(Object.keys(bodyOf(EMPTY_ITEM))).toHaveLength(FORM_NAMES.length)
    expect(bodyOf(EMPTY_ITEM).category).toBe('General')
  })

  it('keeps promises that shrink with urgency', () => {
    const faults = (part: Partial<typeof base>) =>
      itemFaults({ ...base, ...part }).map(({ name, fault }) => [name, fault])
    expect(faults({})).toEqual([])
    expect(faults({ name: '  ' })).toEqual([['name', 'empty']])
    expect(faults({ hours: null })).toEqual([['hours', 'hours']])
    expect(faults({ urgent: 73 })).toEqual([['urgent', 'grows']])
    expect(faults({ urgent: null, critical: 80 })).toEqual([['critical', 'grows']])
    expect(faults({ urgent: 4, critical: 5 })).toEqual([['critical', 'grows']])
    expect(faults({ critical: 0 })).toEqual([['critical', 'hours']])
  })

  it('changed by another keeps both changes, and tells where both changed the same', () => {
    const mine = { ...base, notes: 'Mine', output: 'Mine' }
    const theirs = { ...base, output: 'Theirs', featured: true }
    const found = rebase(base, mine, theirs)
    expect(found.form).toMatchObject({ notes: 'Mine', output: 'Mine', featured: true })
    expect(found.theirs).toEqual(['output', 'featured'])
    expect(found.clashes).toEqual(['output'])
    expect(rebase(base, mine, { ...base, output: 'Mine' }).clashes).toEqual([])
  })

  it('shows what the server refuses where it stands', () => {
    const error = new Problem(
      422,
      { errors: { required_fields: { 1: { max_days: ['Too long.'] } } as never, name: ['Empty.'] } },
      null,
    )
    const found = sortRefused(error, base)
    expect(found.parts).toEqual({ name: 'Empty.' })
    expect(found.fields).toEqual({ [base.fields[1]?.key ?? '']: ['Too long.'] })
  })
})

describe('a promise', () => {
  const figures = {
    sla_turnaround_hours: 24,
    actual_median_turnaround_hours: 12,
    sla_compliance_rate: 80,
    total_requests_fulfilled: 5,
  }

  it('stands beside what was done, on one scale', () => {
    expect(keptOf(figures)).toEqual({ n: 5, median: 12, rate: 80, few: false, bars: { promised: 100, actual: 50 } })
    expect(keptOf({ ...figures, actual_median_turnaround_hours: 48 }).bars).toEqual({ promised: 50, actual: 100 })
  })

  it('says when there is too little to say', () => {
    expect(keptOf({ ...figures, total_requests_fulfilled: 4 }).few).toBe(true)
    expect(keptOf({ ...figures, total_requests_fulfilled: 0 })).toMatchObject({ median: null, rate: null, bars: null })
  })
})

it('every starter is an item that the server would take', () => {
  for (const { form } of starters()) {
    expect(itemFaults(form)).toEqual([])
    expect(faultsOf(form.fields)).toEqual([])
  }
})

it('an address narrows the catalog, and what it does not understand is left out', () => {
  expect(catalogSearch({ q: 'cdr', within: '24', featured: 'true', sort: 'name' })).toEqual({
    q: 'cdr',
    within: 24,
    featured: true,
    sort: 'name',
  })
  expect(catalogSearch({ within: 5, featured: 'no', sort: 'colour' })).toEqual({})
})
