/** Five stars as the five choices they are: the mouse, the arrow keys and a screen reader all choose. */
import { useLingui } from '@lingui/react/macro'
import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useId } from 'react'
import css from './dialog.module.css'

interface StarsProps {
  /** 0: none is chosen. */
  score: number
  label: string
  onScore: (score: number) => void
}

const SCORES = [1, 2, 3, 4, 5] as const

export function useScoreWords(): (score: number) => string {
  const { t } = useLingui()
  const words = ['', t`Poor`, t`Weak`, t`Fair`, t`Good`, t`Excellent`]
  return (score) => words[score] ?? ''
}

export function StarChoice({ score, label, onScore }: StarsProps) {
  const name = useId()
  const word = useScoreWords()
  return (
    <div className={css.stars} role="radiogroup" aria-label={label}>
      {SCORES.map((each) => (
        <label key={each} className={css.star} title={word(each)}>
          <input
            type="radio"
            name={name}
            checked={score === each}
            onChange={() => onScore(each)}
            aria-label={`${each}: ${word(each)}`}
          />
          {each <= score ? (
            <IconStarFilled size={26} className={css.starFull} aria-hidden />
          ) : (
            <IconStar size={26} stroke={1.6} className={css.starEmpty} aria-hidden />
          )}
        </label>
      ))}
    </div>
  )
}
