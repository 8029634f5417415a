/** The days of the week in the portal's language, from Monday on. */
import { i18n } from '@lingui/core'

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5)

export const weekdayName = (day: number, style: 'long' | 'short' = 'long'): string =>
  new Intl.DateTimeFormat(i18n.locale === 'hi' ? 'hi-IN' : 'en-IN', { weekday: style, timeZone: 'UTC' }).format(
    MONDAY + day * 86_400_000,
  )

/** `November 2026`, of `2026-11` */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat(i18n.locale === 'hi' ? 'hi-IN' : 'en-IN', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  }).format(Date.parse(`${month}-01T00:00:00Z`))
