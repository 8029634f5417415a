/** A moment to the microsecond, as the chain has it. */
import { formatDate, formatExact } from '~/i18n/index.ts'
import { microsOf } from '../entry.ts'
import css from './trail.module.css'

const ZONE = ' IST'
const SECONDS = /\d{2}:\d{2}:\d{2}/

export function Exact({ at, stacked }: { at: string; stacked?: boolean }) {
  const exact = formatExact(at)
  const time = SECONDS.exec(exact)?.[0] ?? ''
  if (!stacked) {
    return (
      <time dateTime={at}>
        {exact.slice(0, -ZONE.length)}.{microsOf(at)}
        {ZONE}
      </time>
    )
  }
  return (
    <time dateTime={at} className={css.stack} title={exact}>
      <span className={css.one}>{formatDate(at)}</span>
      <span className={css.sub}>
        {time}.{microsOf(at)}
      </span>
    </time>
  )
}
