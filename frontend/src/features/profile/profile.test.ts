import { describe, expect, it } from 'vitest'
import { monthAfter, monthGrid } from './calendar.ts'
import { confirmationOf, missingIn } from './completeness.ts'
import {
  ALWAYS,
  hoursText,
  localTime,
  minutesAWeek,
  minutesOf,
  OFFICE,
  overlaps,
  parseHours,
  timeText,
} from './hours.ts'
import { bodyOf, calendarOf, differs, faultsOf, formFrom, type Profile, typed, weekOf } from './profile-form.ts'

const PROFILE: Profile = {
  provider_tenant: { id: 'p', name: 'Rupee Bank' },
  service_hours: 'Mon-Fri 09:30-18:00; Sat 10:00-13:00',
  time_zone: 'Asia/Kolkata',
  country: 'IN',
  state: 'MH',
  own_holidays: [],
  holidays_affect_sla: true,
  nodal_officer_name: 'Priya Iyer',
  nodal_officer_email: 'nodal@rupee-bank.example',
  nodal_officer_phone: null,
  emergency_contact: null,
  iso_certified: true,
  data_security_certified: false,
  service_commitment: null,
  opening: { is_open: true, changes_at: null, holiday: null },
  total_requests_received: 0,
  total_requests_completed: 0,
  total_requests_rejected: 0,
  total_clarifications: 0,
  version: 1,
  updated_at: '2026-06-01T00:00:00Z',
  abilities: { update: true },
}

describe('hours', () => {
  it.each([
    ['Mon-Fri 09:30-18:00; Sat 10:00-13:00,14:00-16:00', 'Mon-Fri 09:30-18:00; Sat 10:00-13:00,14:00-16:00'],
    ['24x7', '24x7'],
    ['24/7', '24x7'],
    ['daily 00:00-24:00', '24x7'],
    ['Fri 22:00-02:00', 'Fri 22:00-02:00'],
    ['sat-mon 9:00–17:00', 'Mon 09:00-17:00; Sat-Sun 09:00-17:00'],
    ['Monday, wed 09:00-10:00 ; ', 'Mon 09:00-10:00; Wed 09:00-10:00'],
    ['Sun 22:00-24:00', 'Sun 22:00-24:00'],
  ])('%s are read and written as %s', (text, written) => {
    const week = parseHours(text)
    expect(week && hoursText(week)).toBe(written)
  })

  it.each(['', 'always', '09:00-17:00', 'Moon 09:00-17:00', 'Mon 9', 'Mon 10:00-10:00', 'Mon 09:60-10:00'])(
    '"%s" are none',
    (text) => expect(parseHours(text)).toBeNull(),
  )

  it('are counted, and found to overlap', () => {
    expect(minutesAWeek(OFFICE)).toBe(5 * 510)
    expect(minutesAWeek(ALWAYS)).toBe(7 * 1440)
    expect(
      overlaps([
        { start: 600, end: 700 },
        { start: 660, end: 720 },
      ]),
    ).toBe(true)
    expect(
      overlaps([
        { start: 660, end: 720 },
        { start: 600, end: 660 },
      ]),
    ).toBe(false)
  })

  it('have times of a day', () => {
    expect(minutesOf('24:00')).toBe(1440)
    expect(minutesOf('24:01')).toBeNull()
    expect(timeText(26 * 60)).toBe('02:00')
  })

  it("are those of the provider's own wall", () => {
    const at = Date.UTC(2026, 11, 24, 19, 0)
    expect(localTime(at, 'Asia/Kolkata')).toEqual({ weekday: 4, minute: 30, date: '2026-12-25' })
    expect(localTime(at, 'America/New_York')).toEqual({ weekday: 3, minute: 840, date: '2026-12-24' })
  })
})

describe('a month', () => {
  it('begins on Monday and names its holidays', () => {
    const rows = monthGrid('2026-11', OFFICE, [{ date: '2026-11-24', name: "Guru Nanak's Birthday" }], '2026-11-24')
    expect(rows).toHaveLength(6)
    expect(rows.every((row) => row.length === 7)).toBe(true)
    expect(rows[0]?.slice(0, 6)).toEqual([null, null, null, null, null, null])
    expect(rows[0]?.[6]).toMatchObject({ date: '2026-11-01', kind: 'closed' })
    expect(rows[1]?.[0]).toMatchObject({ date: '2026-11-02', kind: 'open', today: false })
    expect(rows[4]?.[1]).toMatchObject({ kind: 'holiday', name: "Guru Nanak's Birthday", today: true })
    expect(rows[5]?.[0]).toMatchObject({ date: '2026-11-30', kind: 'open' })
    expect(rows[5]?.[1]).toBeNull()
  })

  it('is followed by the next, over the end of a year', () => {
    expect(monthAfter('2026-11-24', 0)).toBe('2026-11')
    expect(monthAfter('2026-11-24', 2)).toBe('2027-01')
  })
})

describe('a profile', () => {
  const form = formFrom(PROFILE)
  const day = (...times: [string, string][]) =>
    times.map(([from, to]) => ({ ...typed({ start: 0, end: 1 }), from, to }))
  const with0 = (...times: [string, string][]) => ({
    ...form,
    days: form.days.map((each, at) => (at ? each : day(...times))),
  })

  it('read and written again differs in nothing', () => {
    expect(bodyOf(form)).toMatchObject({ service_hours: PROFILE.service_hours, state: 'MH', emergency_contact: null })
    expect(differs(form, formFrom(PROFILE))).toBe(false)
    expect(differs(form, { ...form, emergency: '112' })).toBe(true)
  })

  it('cannot be saved while an hour is half written', () => {
    const half = with0(['09:30', ''])
    expect(weekOf(half)).toBeNull()
    expect(calendarOf(half)).toBeNull()
    expect(bodyOf(half)).toBeNull()
    expect(differs(form, half)).toBe(true)
    expect(faultsOf(half)).toEqual([{ at: 0, fault: 'time' }])
  })

  it('has hours past midnight and until midnight', () => {
    expect(calendarOf(with0(['22:00', '02:00']))?.service_hours).toMatch(/^Mon 22:00-02:00;/)
    expect(calendarOf(with0(['22:00', '00:00']))?.service_hours).toMatch(/^Mon 22:00-24:00;/)
    expect(calendarOf(with0(['00:00', '00:00']))?.service_hours).toMatch(/^Mon 00:00-24:00;/)
  })

  it('is refused here for what the server would refuse', () => {
    expect(faultsOf(form)).toEqual([])
    expect(faultsOf(with0(['09:00', '12:00'], ['11:00', '13:00']))).toEqual([{ at: 0, fault: 'overlap' }])
    expect(faultsOf({ ...form, days: form.days.map(() => []) })).toEqual([{ at: 'hours', fault: 'never' }])
    expect(faultsOf({ ...form, officerEmail: 'nobody' })).toEqual([{ at: 'officerEmail', fault: 'email' }])
  })

  it('sends a state with its country alone', () => {
    expect(calendarOf({ ...form, country: null })).toMatchObject({ country: null, state: null })
  })

  it('tells what is missing and how old its word is', () => {
    expect(missingIn(PROFILE)).toEqual(['phone', 'emergency', 'commitment'])
    const at = (text: string) => confirmationOf(PROFILE, Date.parse(text))
    expect(at('2026-11-24T00:00:00Z')).toBe('fresh')
    expect(at('2026-12-15T00:00:00Z')).toBe('stale')
    expect(confirmationOf({ version: 0, updated_at: null }, Date.now())).toBe('never')
  })
})
