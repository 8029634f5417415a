/** The clock of a request's promise: quiet while all is well, in colour and words when something has changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import {
  IconAlarm,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconPlayerPause,
} from '@tabler/icons-react'
import clsx from 'clsx'
import { readSla, SLA_TONE, type SlaFacts, type SlaPhase, type SlaReading } from '~/domain/sla.ts'
import { formatDateTime, formatDuration, formatExact } from '~/i18n/index.ts'
import css from './SlaClock.module.css'
import { useNow } from './use-now.ts'

interface SlaClockProps {
  /** A request, or whatever has its SLA fields. */
  request: SlaFacts
  /** `compact` for rows, `full` with the due date and how much of the time is used. */
  variant?: 'compact' | 'full'
  /** Whether the promise counts business hours only: said beside the time left. */
  business?: boolean
}

const STEP = 15_000
const ICONS: Record<SlaPhase, typeof IconClock | null> = {
  none: null,
  on_track: IconClock,
  due_soon: IconAlarm,
  overdue: IconAlertTriangle,
  paused: IconPlayerPause,
  met: IconCircleCheck,
  missed: IconCircleX,
}

export function SlaClock({ request, variant = 'compact', business }: SlaClockProps) {
  const now = useNow(STEP)
  const reading = readSla(request, now)
  if (reading.phase === 'none') return <NoClock full={variant === 'full'} />
  return variant === 'full' ? (
    <Full reading={reading} pausedAt={request.sla_paused_at} business={business} />
  ) : (
    <Compact reading={reading} />
  )
}

function NoClock({ full }: { full: boolean }) {
  return (
    <span className={css.none}>
      {full ? (
        <Trans>The clock starts when the request is submitted</Trans>
      ) : (
        <>
          <span aria-hidden>–</span>
          <span className="l-visually-hidden">
            <Trans>No clock</Trans>
          </span>
        </>
      )}
    </span>
  )
}

function Compact({ reading }: { reading: SlaReading }) {
  const Icon = ICONS[reading.phase]
  return (
    <span className={clsx(css.clock, css[SLA_TONE[reading.phase]])} title={useTitle(reading)}>
      {Icon && <Icon size={15} stroke={1.8} aria-hidden className={css.icon} />}
      <span>
        <Words reading={reading} />
      </span>
      {reading.due !== null && <span className={css.print}> {formatDateTime(reading.due)}</span>}
    </span>
  )
}

function useTitle({ due, phase }: SlaReading): string | undefined {
  const { t } = useLingui()
  if (due === null) return undefined
  const at = formatExact(due)
  return phase === 'met' || phase === 'missed' ? t`Was due ${at}` : t`Due ${at}`
}

function Words({ reading: { phase, left } }: { reading: SlaReading }) {
  const time = formatDuration(Math.abs(left ?? 0))
  if (phase === 'paused') return <Trans>Paused</Trans>
  if (phase === 'met') return <Trans>On time</Trans>
  if (phase === 'missed') return <Trans>Late</Trans>
  if (phase === 'overdue') return left === null ? <Trans>Overdue</Trans> : <Trans>{time} over</Trans>
  return <Trans>{time} left</Trans>
}

interface FullProps {
  reading: SlaReading
  pausedAt?: string | null
  business?: boolean
}

function Full({ reading, pausedAt, business }: FullProps) {
  const { t } = useLingui()
  const Icon = ICONS[reading.phase]
  const used = Math.round((reading.used ?? 0) * 100)
  return (
    <span className={clsx(css.full, css[SLA_TONE[reading.phase]])}>
      <span className={css.line}>
        {Icon && <Icon size={18} stroke={1.8} aria-hidden className={css.icon} />}
        <strong className={css.words}>
          <Words reading={reading} />
        </strong>
        {business && reading.left !== null && (
          <span className={css.note}>
            <Trans>counted in business hours</Trans>
          </span>
        )}
      </span>
      {reading.used !== null && (
        <span className={css.track} role="img" aria-label={t`${used} percent of the time is used`}>
          <span className={css.bar} style={{ inlineSize: `${used}%` }} />
        </span>
      )}
      <span className={css.note}>
        <Absolute reading={reading} pausedAt={pausedAt} />
      </span>
    </span>
  )
}

function Absolute({ reading: { due, phase }, pausedAt }: { reading: SlaReading; pausedAt?: string | null }) {
  if (phase === 'paused') {
    const since = pausedAt ? formatDateTime(pausedAt) : ''
    return <Trans>Paused since {since}</Trans>
  }
  if (due === null) return null
  const at = formatDateTime(due)
  return phase === 'met' || phase === 'missed' ? <Trans>Was due {at}</Trans> : <Trans>Due {at}</Trans>
}
