/** Shown after the second wrong code: the usual reason is a clock. */
import { Trans } from '@lingui/react/macro'
import { IconClock } from '@tabler/icons-react'
import css from './second-step.module.css'

export const HINT_AFTER = 2

export function ClockHint() {
  return (
    <p className={css.hint} role="status">
      <IconClock size={18} stroke={1.7} aria-hidden />
      <span>
        <Trans>
          Codes follow the clock of the phone. Set its date and time to automatic, then type the next code that it
          shows.
        </Trans>
      </span>
    </p>
  )
}
