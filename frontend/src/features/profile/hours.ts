/** Weekly service hours: read from what the API keeps, and written back. */

/** Minutes of the day it starts on; an end past 1,440 is on the next day. */
export interface Interval {
  start: number
  end: number
}
/** From Monday to Sunday. */
export type Week = readonly (readonly Interval[])[]

export const DAY = 24 * 60
const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const LONG = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const

export const ALWAYS: Week = WEEKDAYS.map(() => [{ start: 0, end: DAY }])
export const OFFICE: Week = WEEKDAYS.map((day) => (day < 5 ? [{ start: 570, end: 1080 }] : []))

const TIME = /^(\d{1,2}):(\d{2})$/

/** `09:30` as minutes of the day; 24:00 is its end. Null for what is no time. */
export function minutesOf(text: string): number | null {
  const match = TIME.exec(text.trim())
  if (!match) return null
  const [hours, minutes] = [Number(match[1]), Number(match[2])]
  return minutes > 59 || hours * 60 + minutes > DAY ? null : hours * 60 + minutes
}

export function timeText(minutes: number): string {
  const within = minutes > DAY ? minutes - DAY : minutes
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

function dayOf(text: string): number {
  const name = text.trim().toLowerCase()
  const found = NAMES.findIndex((each) => each.toLowerCase() === name)
  return found >= 0 ? found : LONG.indexOf(name)
}

function daysOf(text: string): number[] | null {
  const plain = text.toLowerCase().replaceAll(' ', '')
  if (plain === 'daily' || plain === 'everyday') return [...WEEKDAYS]
  const found: number[] = []
  for (const part of text.split(',')) {
    const [first, last = first] = part.split('-').map(dayOf)
    if (first === undefined || last === undefined || first < 0 || last < 0) return null
    for (let step = 0; step <= (last - first + 7) % 7; step += 1) found.push((first + step) % 7)
  }
  return found
}

function intervalOf(text: string): Interval | null {
  const [from = '', to = ''] = text.split('-')
  const [start, end] = [minutesOf(from), minutesOf(to)]
  if (start === null || end === null || start === end || start === DAY) return null
  return { start, end: end > start ? end : end + DAY }
}

/** Read `Mon-Fri 09:30-18:00; Sat 10:00-13:00,14:00-16:00` or `24x7`; null for what is not understood. */
export function parseHours(text: string): Week | null {
  const plain = text.replace(/[\u2010-\u2015\u2212]/g, '-').trim()
  if (/^24\s*[x×/*]\s*7$/i.test(plain)) return ALWAYS
  const week: Interval[][] = WEEKDAYS.map(() => [])
  for (const segment of plain.split(';').filter((each) => each.trim())) {
    const match = /^\s*([a-z][a-z\s,-]*?)\s+(\d.*)$/i.exec(segment)
    const days = daysOf(match?.[1] ?? '')
    const intervals = (match?.[2] ?? '').split(',').map(intervalOf)
    if (!days || intervals.includes(null)) return null
    for (const day of days) week[day]?.push(...(intervals as Interval[]))
  }
  return week.some((day) => day.length > 0) ? week.map(sorted) : null
}

const sorted = (day: readonly Interval[]): Interval[] => [...day].sort((one, other) => one.start - other.start)
const dayText = (day: readonly Interval[]): string =>
  sorted(day)
    .map(({ start, end }) => `${timeText(start)}-${timeText(end)}`)
    .join(',')

export const isAlways = (week: Week): boolean =>
  week.every((day) => day.length === 1 && day[0]?.start === 0 && day[0].end === DAY)

/** Write hours as the API keeps them: days of the same hours stand together. */
export function hoursText(week: Week): string {
  if (isAlways(week)) return '24x7'
  const segments: { first: number; last: number; text: string }[] = []
  week.forEach((day, number) => {
    const text = dayText(day)
    const before = segments.at(-1)
    if (!text) return
    if (before && before.last === number - 1 && before.text === text) before.last = number
    else segments.push({ first: number, last: number, text })
  })
  return segments
    .map(({ first, last, text }) => `${NAMES[first]}${last > first ? `-${NAMES[last]}` : ''} ${text}`)
    .join('; ')
}

/** What is wrong with a day's intervals: two of them overlap. */
export function overlaps(day: readonly Interval[]): boolean {
  const list = sorted(day)
  return list.some((each, at) => {
    const next = list[at + 1]
    return next !== undefined && next.start < each.end
  })
}

export interface LocalTime {
  /** 0 is Monday. */
  weekday: number
  minute: number
  /** `2026-11-24` */
  date: string
}

/** What the clock on the provider's wall says. */
export function localTime(at: number, zone: string): LocalTime {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? ''
  return {
    weekday: (NAMES as readonly string[]).indexOf(get('weekday')),
    minute: Number(get('hour')) * 60 + Number(get('minute')),
    date: `${get('year')}-${get('month')}-${get('day')}`,
  }
}

/** Minutes that a week is open. */
export const minutesAWeek = (week: Week): number =>
  week.flat().reduce((total, { start, end }) => total + end - start, 0)
