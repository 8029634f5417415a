/** Locks an unattended screen: a case must not be read over an empty chair. */
import { Plural } from '@lingui/react/macro'
import { IconLock } from '@tabler/icons-react'
import { lock } from '~/auth/index.ts'
import css from './idle.module.css'
import { useIdle } from './use-idle.ts'

export function IdleLock() {
  const left = useIdle(lock)
  if (left === null) return null
  return (
    <div className={css.warning} role="status">
      <IconLock size={18} aria-hidden />
      <Plural
        value={left}
        one="The screen locks in # second. Press any key to stay."
        other="The screen locks in # seconds. Press any key to stay."
      />
    </div>
  )
}
