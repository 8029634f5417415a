/** How often a periodic job runs, from what its schedule says. */
export type Rhythm =
  | { kind: 'every'; seconds: number }
  /** A time of day in India, as schedules are written in UTC. */
  | { kind: 'daily'; time: string }
  | { kind: 'other'; text: string }

const EVERY_MINUTES = /^\*\/(\d+) \* \* \* \*$/
const DAILY = /^(\d+) (\d+) \* \* \*$/
const IST_MINUTES = 330
const DAY_MINUTES = 1_440

export function rhythmOf(job: { every_seconds?: number | null; cron?: string | null }): Rhythm {
  if (job.every_seconds) return { kind: 'every', seconds: job.every_seconds }
  const cron = job.cron ?? ''
  const minutes = EVERY_MINUTES.exec(cron)?.[1]
  if (minutes) return { kind: 'every', seconds: Number(minutes) * 60 }
  const daily = DAILY.exec(cron)
  if (!daily) return { kind: 'other', text: cron || '–' }
  const inIndia = (Number(daily[2]) * 60 + Number(daily[1]) + IST_MINUTES) % DAY_MINUTES
  const two = (value: number) => String(value).padStart(2, '0')
  return { kind: 'daily', time: `${two(Math.floor(inIndia / 60))}:${two(inIndia % 60)}` }
}
