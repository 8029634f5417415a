import { describe, expect, it } from 'vitest'
import { readSla, type SlaFacts, severityOf } from './sla.ts'

const NOW = Date.parse('2026-11-24T10:00:00Z')
const hours = (count: number) => new Date(NOW + count * 3_600_000).toISOString()
const running = (facts: Partial<SlaFacts> = {}): SlaFacts => ({
  status: 'IN_PROGRESS',
  submitted_at: hours(-24),
  sla_due_date: hours(48),
  sla_state: 'ON_TRACK',
  ...facts,
})

describe('readSla', () => {
  it('counts down to the due date', () => {
    expect(readSla(running(), NOW)).toEqual({
      phase: 'on_track',
      due: NOW + 48 * 3_600_000,
      left: 48 * 3600,
      used: 24 / 72,
    })
  })

  it('goes on between answers: due soon a day ahead, overdue at the moment itself', () => {
    const facts = running()
    expect(readSla(facts, NOW + 23.9 * 3_600_000).phase).toBe('on_track')
    expect(readSla(facts, NOW + 24 * 3_600_000).phase).toBe('due_soon')
    expect(readSla(facts, NOW + 48 * 3_600_000 - 1).phase).toBe('due_soon')
    expect(readSla(facts, NOW + 48 * 3_600_000).phase).toBe('overdue')
  })

  it('warns of a short promise at its half', () => {
    const short = running({ submitted_at: hours(0), sla_due_date: hours(1) })
    expect(readSla(short, NOW + 29 * 60_000).phase).toBe('on_track')
    expect(readSla(short, NOW + 30 * 60_000).phase).toBe('due_soon')
  })

  it('tells by how much a promise was overrun', () => {
    expect(readSla(running({ sla_due_date: hours(-2), sla_state: 'BREACHED' }), NOW)).toMatchObject({
      phase: 'overdue',
      left: -2 * 3600,
      used: 1,
    })
  })

  it('stands while paused, unless the pause began after the due date', () => {
    expect(readSla(running({ sla_due_date: null, sla_paused_at: hours(-1) }), NOW).phase).toBe('paused')
    expect(readSla(running({ sla_due_date: hours(-2), sla_paused_at: hours(-1) }), NOW).phase).toBe('overdue')
  })

  it('keeps the verdict of what has ended', () => {
    expect(readSla(running({ status: 'COMPLETED', sla_met: true }), NOW).phase).toBe('met')
    expect(readSla(running({ status: 'COMPLETED', sla_met: false }), NOW).phase).toBe('missed')
    expect(readSla(running({ status: 'REJECTED', sla_breached: true }), NOW).phase).toBe('missed')
    expect(readSla(running({ status: 'CANCELLED' }), NOW).phase).toBe('none')
  })

  it('counts nothing before the request is submitted', () => {
    expect(readSla({ status: 'DRAFT' }, NOW).phase).toBe('none')
    expect(readSla(running({ status: 'PENDING_APPROVAL' }), NOW).left).toBeNull()
  })
})

describe('severityOf', () => {
  it('sorts what ended late with the closed, not with the overdue', () => {
    expect(severityOf(running({ status: 'COMPLETED', sla_breached: true }), NOW)).toBe('closed')
    expect(severityOf(running({ sla_due_date: hours(-1) }), NOW)).toBe('overdue')
    expect(severityOf({ status: 'DRAFT' }, NOW)).toBe('waiting')
  })
})
