/** One to five stars, and a comment on them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import type { Rating } from '../queries.ts'
import css from './dialog.module.css'
import { StarChoice, useScoreWords } from './Stars.tsx'

interface RatingFieldsProps {
  value: Rating
  onChange: (value: Rating) => void
  /** Where a heading above says what the stars are for. */
  bare?: boolean
  /** The choice can be taken back: nothing has been given yet. */
  clearable?: boolean
}

export const NO_RATING: Rating = { score: 0, comment: '' }

export function RatingFields({ value, onChange, bare = false, clearable = false }: RatingFieldsProps) {
  const { t } = useLingui()
  const word = useScoreWords()
  return (
    <div className={css.rating}>
      <div>
        {!bare && (
          <p className={css.label} aria-hidden>
            <Trans>Rating (optional)</Trans>
          </p>
        )}
        <div className={css.ratingLine}>
          <StarChoice score={value.score} label={t`Rating`} onScore={(score) => onChange({ ...value, score })} />
          <span className={css.dim}>{word(value.score)}</span>
          {clearable && value.score > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => onChange(NO_RATING)}>
              <Trans>Take it back</Trans>
            </Button>
          )}
        </div>
      </div>
      {value.score > 0 && (
        <Textarea
          label={t`Comment on the rating`}
          description={t`The provider reads it.`}
          minRows={2}
          maxLength={4000}
          value={value.comment}
          onChange={(event) => onChange({ ...value, comment: event.currentTarget.value })}
        />
      )}
    </div>
  )
}
