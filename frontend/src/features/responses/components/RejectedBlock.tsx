/** Why the response before this one was rejected: a list to tick off. */
import { Trans } from '@lingui/react/macro'
import { IconListCheck } from '@tabler/icons-react'
import { Checklist, type LersResponse } from '~/features/review/index.ts'
import { Person, Time } from '~/ui/index.ts'
import type { Draft } from '../draft.ts'
import type { DraftState } from '../use-response-draft.ts'
import css from './respond.module.css'

interface RejectedBlockProps {
  response: LersResponse
  draft: Draft
  change: DraftState['change']
}

export function RejectedBlock({ response, draft, change }: RejectedBlockProps) {
  return (
    <section className={css.rejected} aria-labelledby="rejected-title">
      <IconListCheck size={22} stroke={1.8} aria-hidden className={css.rejectedIcon} />
      <div className={css.stackSmall}>
        <h2 id="rejected-title">
          <Trans>{response.response_number} was rejected: this is missing</Trans>
        </h2>
        <p className={css.dim}>
          <Person person={response.decided_by} />, <Time at={response.decided_at} style="datetime" />
        </p>
        {response.rejection_reason && (
          <Checklist reason={response.rejection_reason} done={draft.done} onDone={(done) => change({ done })} />
        )}
      </div>
    </section>
  )
}
