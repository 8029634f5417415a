/** A month as a grid of days, each open, closed or a holiday by the hours that are being edited. */
import type { Week } from './hours.ts'

export type DayKind = 'open' | 'closed' | 'holiday'

export interface CalendarDay {
  date: string
  day: number
  kind: DayKind
  /** Of a holiday. */
  name: string | null
  today: boolean
}

export interface Holiday {
  date: string
  name: string
}

const iso = (time: number) => new Date(time).toISOString().slice(0, 10)

/** `2026-11` and so many months further. */
export function monthAfter(month: string, step: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return iso(Date.UTC(year, number - 1 + step, 1)).slice(0, 7)
}

/** Rows of seven days from Monday on; null before the first and after the last. */
export function monthGrid(
  month: string,
  week: Week,
  holidays: readonly Holiday[],
  today: string,
): (CalendarDay | null)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const names = new Map(holidays.map(({ date, name }) => [date, name]))
  const first = Date.UTC(year, number - 1, 1)
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const lead = (new Date(first).getUTCDay() + 6) % 7
  const cells: (CalendarDay | null)[] = Array.from({ length: lead }, () => null)
  for (let day = 1; day <= count; day += 1) {
    const date = iso(Date.UTC(year, number - 1, day))
    const name = names.get(date) ?? null
    const opens = (week[(lead + day - 1) % 7]?.length ?? 0) > 0
    cells.push({ date, day, kind: name ? 'holiday' : opens ? 'open' : 'closed', name, today: date === today })
  }
  while (cells.length % 7 > 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, row) => cells.slice(row * 7, row * 7 + 7))
}
