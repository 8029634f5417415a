/** The answer in words: outcome of each identifier, text, remarks. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Panel } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import { type AskedIdentifier, OutcomeList } from './OutcomeList.tsx'
import css from './review.module.css'

interface AnswerPanelProps {
  response: LersResponse
  identifiers: readonly AskedIdentifier[]
}

export function AnswerPanel({ response, identifiers }: AnswerPanelProps) {
  const { t } = useLingui()
  return (
    <Panel title={t`The answer`}>
      <div className={css.stack}>
        <OutcomeList response={response} identifiers={identifiers} />
        <AnswerTexts response={response} />
      </div>
    </Panel>
  )
}

export function AnswerTexts({ response }: { response: Pick<LersResponse, 'response_text' | 'remarks'> }) {
  const { response_text: text, remarks } = response
  return (
    <>
      <section className={css.words}>
        <h3>
          <Trans>Text</Trans>
        </h3>
        <p className={text ? undefined : css.dim}>{text || <Trans>No text was sent.</Trans>}</p>
      </section>
      {remarks && (
        <section className={css.words}>
          <h3>
            <Trans>Remarks</Trans>
          </h3>
          <p>{remarks}</p>
        </section>
      )}
    </>
  )
}
