/** One to five stars, and a comment on them. */
import '@mantine/core/styles/Rating.layer.css'
import { Trans, useLingui } from '@lingui/react/macro'
import { Rating, Textarea } from '@mantine/core'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useId } from 'react'
import type { Rating as RatingValue } from '../queries.ts'
import css from './dialog.module.css'

interface RatingFieldsProps {
  value: RatingValue
  onChange: (value: RatingValue) => void
  /** Where a heading above says what the stars are for. */
  bare?: boolean
}

export function RatingFields({ value, onChange, bare = false }: RatingFieldsProps) {
  const { t } = useLingui()
  const id = useId()
  const words = ['', t`Poor`, t`Weak`, t`Fair`, t`Good`, t`Excellent`]
  return (
    <div className={css.rating}>
      <div>
        <p className={bare ? 'l-visually-hidden' : css.label} id={id}>
          <Trans>Rating (optional)</Trans>
        </p>
        <div className={css.ratingLine}>
          <Rating
            aria-labelledby={id}
            value={value.score}
            onChange={(score) => onChange({ ...value, score })}
            size="lg"
            emptySymbol={<IconStar size={24} stroke={1.6} className={css.starEmpty} />}
            fullSymbol={<IconStarFilled size={24} className={css.starFull} />}
            getSymbolLabel={(score) => (score === 0 ? t`No rating` : `${score}: ${words[score]}`)}
          />
          <span className={css.dim} role="status">
            {value.score > 0 ? words[value.score] : ''}
          </span>
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

export const NO_RATING: RatingValue = { score: 0, comment: '' }
