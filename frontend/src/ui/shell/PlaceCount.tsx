/** The number beside a place's name. */
import { Plural } from '@lingui/react/macro'
import { type CountName, shortCount, usePlaceCount } from './counts.ts'
import css from './live.module.css'

export function PlaceCount({ of, corner }: { of: CountName; corner?: boolean }) {
  const count = usePlaceCount(of)
  if (count === 0) return null
  return (
    <>
      <span className={corner ? css.corner : css.count} aria-hidden>
        {shortCount(count)}
      </span>
      <span className="l-visually-hidden">
        <Plural value={count} one="# waits" other="# wait" />
      </span>
    </>
  )
}
