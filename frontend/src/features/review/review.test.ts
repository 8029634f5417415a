import { describe, expect, it } from 'vitest'
import type { ManifestFile, ManifestReport, Step } from '~/crypto/index.ts'
import { readChecklist, writeChecklist } from './checklist.ts'
import { filtersOf, readSearch } from './filters.ts'
import { missingItems, toggled } from './missing.ts'
import { nextPart, partPlace, rejectedLast } from './parts.ts'
import { requestedFields } from './requested.ts'
import { judge, type ServerFinding, verdictRows } from './verdicts.ts'

describe('the checklist of a rejection', () => {
  it('comes back as it was written', () => {
    const list = { items: ['••••0029: no records', 'Period 1 to 31 Oct'], note: 'Please send both.\nToday.' }
    expect(readChecklist(writeChecklist(list))).toEqual(list)
  })

  it('keeps an item on one line, and leaves out what is empty', () => {
    expect(writeChecklist({ items: ['a\n☐ b'], note: ' ' })).toBe('☐ a ☐ b')
    expect(writeChecklist({ items: [], note: ' Late. ' })).toBe('Late.')
  })

  it('reads a reason in free words as a note', () => {
    expect(readChecklist('The second half is missing.')).toEqual({ items: [], note: 'The second half is missing.' })
  })
})

describe('parts', () => {
  const part = (id: string, is_partial: boolean, status = 'RECEIVED') => ({
    id,
    is_partial,
    status,
    submitted_at: `2026-11-0${id.slice(-1)}T00:00:00Z`,
  })

  it('are counted, and their number is known once the last one came', () => {
    const open = [part('r1', true), part('r2', true)]
    expect(partPlace('r2', open)).toEqual({ number: 2, of: null })
    expect(partPlace('r1', [part('r3', false), ...open])).toEqual({ number: 1, of: 3 })
    expect(nextPart(open)).toBe(3)
  })

  it('are none where one response is the whole answer', () => {
    expect(partPlace('r1', [part('r1', false)])).toBeNull()
    expect(partPlace('r1', [part('r1', true)])).toEqual({ number: 1, of: null })
  })

  it('give the place of a rejected one to what follows it', () => {
    const all = [part('r1', true), part('r2', false, 'REJECTED')]
    expect(partPlace('r2', all)).toBeNull()
    expect(nextPart(all)).toBe(2)
    expect(rejectedLast(all)?.id).toBe('r2')
    expect(rejectedLast([...all, part('r3', false)])).toBeNull()
  })
})

const file = (id: string): ManifestFile => ({ id, name: id, size: 1, media_type: 'text/csv', sha256: 'a', sha512: 'b' })
const report = (verdict: ManifestReport['verdict']): ManifestReport => ({ verdict, manifest: null, steps: [] })
const finding = (verdict: ServerFinding['verdict'], files: ServerFinding['files'] = []): ServerFinding => ({
  verdict,
  reasons: [],
  files,
})

describe('verdictRows', () => {
  const steps: Step[] = [
    { step: 'seal', verdict: 'valid' },
    { step: 'signature', verdict: 'absent' },
    { step: 'file', verdict: 'valid', file: file('f1') },
  ]
  const rows = (server: ServerFinding | null) =>
    verdictRows(steps, [file('f1'), file('f2')], server).map(({ key, local, server: other }) => [key, local, other])

  it('has a row for each file, read or not', () => {
    expect(rows(null)).toEqual([
      ['seal', 'valid', null],
      ['signature', 'absent', null],
      ['f1', 'valid', null],
      ['f2', null, null],
    ])
  })

  it('says what the server found where it judged by itself', () => {
    const missing = { id: 'f2', name: 'f2', verdict: 'MISSING' as const, reason: 'gone' }
    expect(rows(finding('ALTERED', [missing])).map(([, , other]) => other)).toEqual(['told', 'told', null, 'missing'])
    expect(rows(finding('VALID')).map(([, , other]) => other)).toEqual(['valid', 'absent', null, null])
    expect(rows(finding('UNKNOWN_KEY')).map(([, , other]) => other)).toEqual(['unknown_key', null, null, null])
  })
})

describe('judge', () => {
  it('trusts what both found whole', () => {
    expect(judge(report('VALID'), report('VALID'), finding('VALID'))).toBe('whole')
    expect(judge(report('VALID'), null, null)).toBe('light')
    expect(judge(null, null, null)).toBe('waiting')
  })

  it('is bad as soon as one of them found a change', () => {
    expect(judge(report('ALTERED'), null, null)).toBe('bad')
    expect(judge(report('VALID'), report('ALTERED'), finding('VALID'))).toBe('bad')
    expect(judge(report('VALID'), report('VALID'), finding('ALTERED'))).toBe('bad')
    expect(judge(report('ALTERED'), report('VALID'), finding('VALID'))).toBe('bad')
  })

  it('is unsure where one could not judge', () => {
    expect(judge(report('UNKNOWN_KEY'), null, null)).toBe('unsure')
    expect(judge(report('VALID'), report('INCOMPLETE'), finding('VALID'))).toBe('unsure')
    expect(judge(report('VALID'), report('VALID'), null)).toBe('unsure')
    expect(judge(report('VALID'), report('VALID'), finding('UNKNOWN_KEY'))).toBe('unsure')
  })
})

describe('requestedFields', () => {
  const fields = [
    { kind: 'IDENTIFIER', name: 'line', label: { en: 'Number' } },
    {
      kind: 'CHOICE',
      name: 'detail',
      label: { en: 'Detail', hi: 'विवरण' },
      choices: [{ value: 'FULL', label: { en: 'All of it' } }],
    },
    { kind: 'PERIOD', name: 'when', label: 'When' },
    { kind: 'BOOLEAN', name: 'towers' },
    { kind: 'BOOLEAN', name: 'not_wanted', label: 'No' },
  ]

  it('are the answered questions in their words, without identifiers', () => {
    const answers = { line: 'x', detail: 'FULL', when: { from: '1 Oct', to: '2 Oct' }, towers: true, not_wanted: false }
    expect(requestedFields(fields, answers, 'hi').map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'विवरण: All of it',
      'When: 1 Oct – 2 Oct',
      'towers: ✓',
    ])
    expect(requestedFields(fields, {}, 'en')).toEqual([])
  })
})

describe('the list in the address', () => {
  it('is what is to be reviewed, unless it says otherwise', () => {
    expect(filtersOf(readSearch({}))).toEqual({ status: 'RECEIVED' })
    expect(filtersOf(readSearch({ show: 'all', kind: 'partial' }))).toEqual({ is_partial: true })
    expect(filtersOf(readSearch({ show: 'accepted', kind: 'final' }))).toEqual({
      status: 'ACCEPTED',
      is_partial: false,
    })
  })

  it('leaves out what is no filter', () => {
    expect(readSearch({ show: 'nothing', kind: 1 })).toEqual({ show: undefined, kind: undefined })
  })
})

describe('missingItems', () => {
  const asked = {
    identifiers: [
      { id: 'i1', name: '••••01' },
      { id: 'i2', name: '••••02' },
    ],
    fields: [{ name: 'period', label: 'October' }],
  }
  const words = {
    flaw: (name: string) => name,
    whole: (name: string) => `whole ${name}`,
    ofIdentifier: (identifier: string, flaws: string) => `${identifier}: ${flaws}`,
    ofField: (label: string) => `not as asked: ${label}`,
  }

  it('has one line for each identifier, field and flaw of the whole', () => {
    const ticks = ['whole:format', 'identifier:i2:fields', 'field:period', 'identifier:i2:none', 'identifier:i1:period']
    const picked = ticks.reduce<ReadonlySet<string>>((all, tick) => toggled(all, tick), new Set())
    expect(missingItems(picked, asked, words)).toEqual([
      '••••01: period',
      '••••02: none; fields',
      'not as asked: October',
      'whole format',
    ])
    expect(missingItems(toggled(toggled(new Set(), 'field:period'), 'field:period'), asked, words)).toEqual([])
  })
})
