/** Numbers, dates and durations as people of the portal's language and country write them. Times are shown in IST. */
import { i18n } from '@lingui/core'

const ZONE = 'Asia/Kolkata'
const tag = () => (i18n.locale === 'hi' ? 'hi-IN' : 'en-IN')
const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${tag()}${JSON.stringify(options)}`
  let found = cache.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(tag(), { timeZone: ZONE, numberingSystem: 'latn', ...options })
    cache.set(key, found)
  }
  return found as Intl.DateTimeFormat
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${tag()}${JSON.stringify(options)}`
  let found = cache.get(key)
  if (!found) {
    found = new Intl.NumberFormat(tag(), { numberingSystem: 'latn', ...options })
    cache.set(key, found)
  }
  return found as Intl.NumberFormat
}

export type Moment = string | number | Date

/** `24 Nov 2026` */
export const formatDate = (at: Moment) =>
  dates({ day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))
/** `24 Nov 2026, 13:49` */
export const formatDateTime = (at: Moment) =>
  dates({
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at))
/** `24 Nov 2026, 13:49:05 IST`: for titles, print and court. */
export const formatExact = (at: Moment) =>
  `${dates({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at))} IST`
/** `13:49` */
export const formatTime = (at: Moment) =>
  dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
/** `Tue, 24 Nov` */
export const formatDay = (at: Moment) =>
  dates({ weekday: 'short', day: 'numeric', month: 'short' }).format(new Date(at))
/** `Nov 26`, of `2026-11` */
export const formatMonth = (month: string) =>
  dates({ month: 'short', year: '2-digit', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))
/** A date without a time (`2026-09-01`), which no time zone may move. */
export const formatPlainDate = (day: string) =>
  dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** `12,34,567` */
export const formatNumber = (value: number, digits = 0) => numbers({ maximumFractionDigits: digits }).format(value)
/** `93.5 %` of 93.5 */
export const formatPercent = (value: number, digits = 0) =>
  numbers({ style: 'percent', maximumFractionDigits: digits }).format(value / 100)
/** `1.2 MB` */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = bytes < 1 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3))
  return numbers({
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}

const STEPS: [number, Intl.NumberFormatOptions['unit']][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
]

/** The two largest units of a duration: `2 days 4 hr`, `35 min`. Never negative. */
export function formatDuration(seconds: number, style: 'short' | 'long' | 'narrow' = 'short'): string {
  let left = Math.max(0, Math.round(seconds))
  const parts: string[] = []
  for (const [size, unit] of STEPS) {
    const count = Math.floor(left / size)
    if (count > 0 && parts.length < 2) parts.push(numbers({ style: 'unit', unit, unitDisplay: style }).format(count))
    else if (parts.length > 0) break
    left -= count * size
  }
  return parts.length > 0 ? parts.join(' ') : numbers({ style: 'unit', unit: 'minute', unitDisplay: style }).format(0)
}

/** `5 min ago`, `in 3 hr`; beyond a week the date. `now` is the server's clock (api/clock). */
export function formatRelative(at: Moment, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const size = Math.abs(seconds)
  if (size > 7 * 86_400) return formatDate(at)
  const relative = new Intl.RelativeTimeFormat(`${tag()}-u-nu-latn`, { numeric: 'auto', style: 'short' })
  for (const [step, unit] of STEPS) {
    if (size >= step) return relative.format(Math.trunc(seconds / step), unit as Intl.RelativeTimeFormatUnit)
  }
  return relative.format(0, 'minute')
}
