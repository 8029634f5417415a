/** Locks an unattended screen: a case must not be read over an empty chair. */
import { Plural } from '@lingui/react/macro'
import { Affix, Alert } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { lock } from '~/auth/index.ts'
import { useIdle } from './use-idle.ts'

export function IdleLock() {
  const left = useIdle(lock)
  if (left === null) return null
  return (
    <Affix position={{ bottom: 24, left: 24 }}>
      <Alert color="orange" variant="filled" icon={<IconLock size={18} />} role="status">
        <Plural
          value={left}
          one="The screen locks in # second. Press any key to stay."
          other="The screen locks in # seconds. Press any key to stay."
        />
      </Alert>
    </Affix>
  )
}
