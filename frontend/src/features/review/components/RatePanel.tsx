/** How good the response was, told to the provider. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatDateTime } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { ErrorSummary, Panel, problemsOf } from '~/ui/index.ts'
import { type LersResponse, type Rating, useRate } from '../queries.ts'
import { RatingFields } from './RatingFields.tsx'
import css from './review.module.css'

export function RatePanel({ response }: { response: LersResponse }) {
  const { t } = useLingui()
  const rate = useRate()
  const [value, setValue] = useState<Rating>(() => givenRating(response))
  const changed = value.score !== (response.rating ?? 0) || value.comment !== (response.rating_comment ?? '')
  const star = (score: number) => setValue((before) => ({ ...before, score }))
  useKeys(
    Object.fromEntries(
      [1, 2, 3, 4, 5].map((score) => [String(score), { run: () => star(score), label: t`Rate ${score} of 5` }]),
    ),
    { scope: t`Response` },
  )
  const save = () => rate.mutate({ response, rating: value })
  return (
    <Panel
      title={t`Rating`}
      note={response.rated_at ? t`Given on ${formatDateTime(response.rated_at)}` : t`Keys 1 to 5`}
    >
      <div className={css.stackSmall}>
        <ErrorSummary problems={problemsOf(rate.error)} />
        <RatingFields value={value} onChange={setValue} bare clearable={!response.rating} />
        {value.score > 0 && (
          <div>
            <Button variant="default" onClick={save} loading={rate.isPending} disabled={!changed}>
              {response.rating ? <Trans>Change the rating</Trans> : <Trans>Save the rating</Trans>}
            </Button>
          </div>
        )}
        <p className="l-visually-hidden" role="status">
          {rate.isSuccess && !changed && <Trans>The rating is saved.</Trans>}
        </p>
      </div>
    </Panel>
  )
}

const givenRating = ({ rating, rating_comment }: LersResponse): Rating => ({
  score: rating ?? 0,
  comment: rating_comment ?? '',
})
