/** How a provider keeps its promises, each figure with what it means. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { formatDuration, formatNumber, formatPercent } from '~/i18n/index.ts'
import { Panel, QueryState, Time } from '~/ui/index.ts'
import { type Metrics, metricsQuery } from '../queries.ts'
import css from './profile.module.css'

const NAMES = {
  overall_sla_compliance_rate: msg`Promises kept`,
  avg_response_time_hours: msg`Average answer`,
  total_requests_received: msg`Received`,
  total_requests_completed: msg`Completed`,
  rejection_rate: msg`Declined`,
  clarification_request_rate: msg`Questions per 100`,
} as const satisfies Partial<Record<keyof Metrics, MessageDescriptor>>
type Name = keyof typeof NAMES

const MEANINGS: Record<Name, MessageDescriptor> = {
  overall_sla_compliance_rate: msg`Share of completed requests that were completed in the time promised.`,
  avg_response_time_hours: msg`Average of elapsed hours from submission to completion, of completed requests.`,
  total_requests_received: msg`Requests that were submitted to the provider, at any time.`,
  total_requests_completed: msg`Received requests that are completed.`,
  rejection_rate: msg`Share of received requests that the provider declined.`,
  clarification_request_rate: msg`Questions that the provider asked, per hundred received requests.`,
}

function shown(name: Name, value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  if (name === 'overall_sla_compliance_rate' || name === 'rejection_rate') return formatPercent(value)
  if (name === 'avg_response_time_hours') return formatDuration(value * 3600)
  return formatNumber(value, name === 'clarification_request_rate' ? 1 : 0)
}

export function FiguresPanel({ id }: { id: string }) {
  const query = useQuery(metricsQuery(id))
  return (
    <Panel title={<Trans>Figures</Trans>}>
      <QueryState query={query} lines={3}>
        {(metrics) => <Figures metrics={metrics} />}
      </QueryState>
    </Panel>
  )
}

function Figures({ metrics }: { metrics: Metrics }) {
  const { i18n } = useLingui()
  const names = Object.keys(NAMES) as Name[]
  const n = metrics.total_requests_completed
  return (
    <>
      <dl className={css.figures}>
        {names.map((name) => (
          <div key={name}>
            <dt>{i18n._(NAMES[name])}</dt>
            <dd>{shown(name, metrics[name])}</dd>
          </div>
        ))}
      </dl>
      <p className={css.hint}>
        <Plural value={n} one="Of # completed request." other="Of # completed requests." />{' '}
        {n < 5 && <Trans>That is few: a first impression.</Trans>}{' '}
        {metrics.metrics_last_updated && (
          <Trans>
            Counted <Time at={metrics.metrics_last_updated} />.
          </Trans>
        )}
      </p>
      <details className={css.definitions}>
        <summary>
          <Trans>What each figure means</Trans>
        </summary>
        <dl>
          {names.map((name) => (
            <div key={name}>
              <dt>{i18n._(NAMES[name])}</dt>
              <dd>{i18n._(MEANINGS[name])}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  )
}
