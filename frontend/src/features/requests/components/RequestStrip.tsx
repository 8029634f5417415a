/** The three questions of everybody who opens a request: how long is left, what is next, who is at it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { formatDateTime } from '~/i18n/index.ts'
import { SlaClock } from '~/ui/SlaClock.tsx'
import { type LersRequest, slaQuery } from '../queries.ts'
import type { Step } from '../steps.ts'
import { NextStep } from './NextStep.tsx'
import css from './strip.module.css'
import { useOthersHere, WhoIsHere } from './WhoIsHere.tsx'

export function RequestStrip({ request, mine }: { request: LersRequest; mine: Step | null }) {
  const { t } = useLingui()
  const sla = useQuery({ ...slaQuery(request.id), enabled: Boolean(request.submitted_at) })
  const here = useOthersHere(request.id, request.abilities.chat_read)
  return (
    <section className={css.strip} aria-label={t`Where it stands`}>
      <div className={css.cell}>
        <h2 className={css.name}>
          <Trans>Time</Trans>
        </h2>
        {request.closed_at && typeof request.sla_met !== 'boolean' && !request.sla_breached ? (
          <p className={css.next}>
            <Trans>Ended on {formatDateTime(request.closed_at)}</Trans>
          </p>
        ) : (
          <SlaClock request={request} variant="full" business={sla.data?.business_hours} />
        )}
      </div>
      <div className={css.cell}>
        <h2 className={css.name}>
          <Trans>Next step</Trans>
        </h2>
        <p className={css.next} aria-live="polite">
          <NextStep request={request} mine={mine} />
        </p>
      </div>
      {request.submitted_at && (
        <div className={css.cell}>
          <h2 className={css.name}>
            <Trans>Who is here</Trans>
          </h2>
          <WhoIsHere request={request} here={here} />
        </div>
      )}
    </section>
  )
}
