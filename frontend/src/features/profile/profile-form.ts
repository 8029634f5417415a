/** A service profile as its editor holds it. */
import type { Schema } from '~/api/index.ts'
import { ALWAYS, DAY, hoursText, type Interval, minutesOf, overlaps, parseHours, timeText, type Week } from './hours.ts'

export type Profile = Schema<'ProfileOut'>
export type ProfileIn = Schema<'ProfileIn'>

/** As it is typed: a time may be half written. */
export interface Typed {
  key: string
  from: string
  to: string
}

export interface ProfileForm {
  always: boolean
  days: readonly (readonly Typed[])[]
  timeZone: string
  country: string | null
  state: string | null
  ownHolidays: readonly string[]
  holidaysCount: boolean
  officerName: string
  officerEmail: string
  officerPhone: string
  emergency: string
  iso: boolean
  dataSecurity: boolean
  commitment: string
}

let last = 0
export const typed = ({ start, end }: Interval): Typed => ({
  key: `i${++last}`,
  from: timeText(start),
  to: timeText(end),
})

const typedWeek = (week: Week) => week.map((day) => day.map(typed))

export function formFrom(profile: Profile): ProfileForm {
  const week = parseHours(profile.service_hours) ?? ALWAYS
  const always = hoursText(week) === '24x7'
  return {
    always,
    days: typedWeek(week),
    timeZone: profile.time_zone,
    country: profile.country ?? null,
    state: profile.state ?? null,
    ownHolidays: profile.own_holidays,
    holidaysCount: profile.holidays_affect_sla,
    officerName: profile.nodal_officer_name ?? '',
    officerEmail: profile.nodal_officer_email ?? '',
    officerPhone: profile.nodal_officer_phone ?? '',
    emergency: profile.emergency_contact ?? '',
    iso: profile.iso_certified,
    dataSecurity: profile.data_security_certified,
    commitment: profile.service_commitment ?? '',
  }
}

function intervalFrom({ from, to }: Typed): Interval | null {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  if (start === null || end === null || start >= DAY || (start === end && end > 0)) return null
  // A field for times cannot show 24:00: midnight as an end is the end of that day.
  return { start, end: end > start ? end : end + DAY }
}

/** The hours as they are typed; null where one of them is no interval. */
export function weekOf(form: Pick<ProfileForm, 'always' | 'days'>): Week | null {
  if (form.always) return ALWAYS
  const week = form.days.map((day) => day.map(intervalFrom))
  return week.some((day) => day.includes(null)) ? null : (week as Interval[][])
}

export type ProfileFault = 'time' | 'overlap' | 'never' | 'email'
export interface ProfileProblem {
  /** A weekday's number, or the part. */
  at: number | 'hours' | 'officerEmail'
  fault: ProfileFault
}

export function faultsOf(form: ProfileForm): ProfileProblem[] {
  const found: ProfileProblem[] = []
  if (!form.always) {
    form.days.forEach((day, at) => {
      const intervals = day.map(intervalFrom)
      if (intervals.includes(null)) found.push({ at, fault: 'time' })
      else if (overlaps(intervals as Interval[])) found.push({ at, fault: 'overlap' })
    })
    if (form.days.every((day) => day.length === 0)) found.push({ at: 'hours', fault: 'never' })
  }
  const email = form.officerEmail.trim()
  if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) found.push({ at: 'officerEmail', fault: 'email' })
  return found
}

/** What decides due dates: null while the hours cannot be read. */
export function calendarOf(form: ProfileForm) {
  const week = weekOf(form)
  if (!week || week.every((day) => day.length === 0)) return null
  return {
    service_hours: hoursText(week),
    time_zone: form.timeZone,
    country: form.country,
    state: form.country ? form.state : null,
    own_holidays: [...form.ownHolidays].sort(),
    holidays_affect_sla: form.holidaysCount,
  }
}

const said = (text: string) => text.trim() || null

export function bodyOf(form: ProfileForm): ProfileIn | null {
  const calendar = calendarOf(form)
  return (
    calendar && {
      ...calendar,
      nodal_officer_name: said(form.officerName),
      nodal_officer_email: said(form.officerEmail),
      nodal_officer_phone: said(form.officerPhone),
      emergency_contact: said(form.emergency),
      iso_certified: form.iso,
      data_security_certified: form.dataSecurity,
      service_commitment: said(form.commitment),
    }
  )
}

/** Whether two states would be saved differently. What cannot be saved yet differs from all. */
export const differs = (one: ProfileForm, other: ProfileForm): boolean =>
  JSON.stringify(bodyOf(one)) !== JSON.stringify(bodyOf(other)) || bodyOf(other) === null
