/** What a provider promised beside what it did, with how much that is worth. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { formatPercent } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import { keptOf } from '../promise.ts'
import type { CatalogItem } from '../queries.ts'
import { useHours } from '../use-hours.ts'
import css from './catalog.module.css'

type Figures = Pick<
  CatalogItem,
  | 'sla_turnaround_hours'
  | 'sla_turnaround_hours_urgent'
  | 'sla_turnaround_hours_critical'
  | 'sla_business_hours_only'
  | 'sla_statutory'
  | 'actual_median_turnaround_hours'
  | 'sla_compliance_rate'
  | 'total_requests_fulfilled'
>

export function PromiseKept({ item }: { item: Figures }) {
  const hours = useHours()
  const kept = keptOf(item)
  return (
    <dl className={css.promise}>
      <div>
        <dt>
          <Trans>Promised</Trans>
        </dt>
        <dd>
          <strong>{hours(item.sla_turnaround_hours, item.sla_business_hours_only)}</strong>
          <Sooner item={item} />
        </dd>
        {kept.bars && <Bar share={kept.bars.promised} />}
      </div>
      <div>
        <dt>
          <Trans>Actual median</Trans>
        </dt>
        <dd>
          {kept.median === null ? (
            <span className={css.dim}>
              <Trans>No answer yet</Trans>
            </span>
          ) : (
            <>
              <strong>{hours(kept.median)}</strong>
              <span className={css.dim}>
                <Plural value={kept.n} one="of # answer" other="of # answers" />
                {kept.few && (
                  <>
                    , <Trans>few</Trans>
                  </>
                )}
              </span>
            </>
          )}
        </dd>
        {kept.bars && <Bar share={kept.bars.actual} actual />}
      </div>
    </dl>
  )
}

function Bar({ share, actual }: { share: number; actual?: boolean }) {
  return (
    <div className={css.barTrack} aria-hidden>
      <div className={css.bar} data-actual={actual || undefined} style={{ inlineSize: `${share}%` }} />
    </div>
  )
}

/** The promises for what is urgent, on one line. */
function Sooner({ item }: { item: Figures }) {
  const { t } = useLingui()
  const hours = useHours()
  const working = item.sla_business_hours_only
  const parts = [
    item.sla_turnaround_hours_urgent && t`urgent ${hours(item.sla_turnaround_hours_urgent, working)}`,
    item.sla_turnaround_hours_critical && t`critical ${hours(item.sla_turnaround_hours_critical, working)}`,
  ].filter(Boolean)
  return parts.length > 0 ? <span className={css.dim}>{parts.join(' · ')}</span> : null
}

/** The share of answers in time; nothing while there is none. */
export function KeptRate({ item }: { item: Figures }) {
  const { n, rate, few } = keptOf(item)
  if (rate === null) return null
  return (
    <ToneBadge tone={few ? 'quiet' : rate >= 90 ? 'good' : rate >= 70 ? 'warn' : 'bad'}>
      <Trans>{formatPercent(rate)} in time</Trans>
      <span className="l-visually-hidden">
        {' '}
        <Plural value={n} one="of # answer" other="of # answers" />
      </span>
    </ToneBadge>
  )
}
