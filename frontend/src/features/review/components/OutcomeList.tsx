/** What became of each identifier, and what else was asked for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import { OUTCOME_TONE } from './outcome-tone.ts'
import css from './review.module.css'

export interface AskedIdentifier {
  id: string
  type: string
  masked: string
}

interface OutcomeListProps {
  response: Pick<LersResponse, 'outcomes' | 'is_partial'>
  identifiers: readonly AskedIdentifier[]
}

export function OutcomeList({ response, identifiers }: OutcomeListProps) {
  const { t } = useLingui()
  const term = useTerm()
  const found = new Map(response.outcomes.map((each) => [each.identifier_id, each]))
  if (identifiers.length === 0) {
    return (
      <p className={css.dim}>
        <Trans>The request named no identifiers.</Trans>
      </p>
    )
  }
  return (
    <div>
      <table className={css.outcomes} aria-label={t`Outcome of each identifier`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Identifier</Trans>
            </th>
            <th scope="col">
              <Trans>Outcome</Trans>
            </th>
            <th scope="col">
              <Trans>Reason</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {identifiers.map(({ id, type, masked }) => {
            const outcome = found.get(id)
            return (
              <tr key={id}>
                <th scope="row">
                  <span className={css.masked}>{masked}</span>{' '}
                  <span className={css.dim}>{term('identifierType', type)}</span>
                </th>
                <td>
                  {outcome ? (
                    <ToneBadge tone={OUTCOME_TONE[outcome.outcome] ?? 'quiet'}>
                      {term('outcome', outcome.outcome)}
                    </ToneBadge>
                  ) : (
                    <span className={css.dim}>
                      <Trans>Not in this part</Trans>
                    </span>
                  )}
                </td>
                <td className={outcome?.reason_code ? css.reason : css.noReason}>
                  {outcome?.reason_code ? term('reasonCode', outcome.reason_code) : <span aria-hidden>–</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
