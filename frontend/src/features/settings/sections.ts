/** The sections of the settings, each with an address of its own. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  IconDeviceMobile,
  IconDevices,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLock,
  IconUser,
  IconUserShare,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { Me } from '~/auth/index.ts'

export interface Section {
  id: string
  label: MessageDescriptor
  icon: ComponentType<{ size?: number; stroke?: number }>
  show?: (me: Me) => boolean
}

export const SECTIONS: readonly Section[] = [
  { id: 'profile', label: msg`Profile`, icon: IconUser },
  { id: 'look', label: msg`Language and look`, icon: IconLanguage },
  { id: 'password', label: msg`Password`, icon: IconLock },
  { id: 'second-step', label: msg`Second step`, icon: IconDeviceMobile },
  { id: 'sessions', label: msg`Sessions`, icon: IconDevices },
  { id: 'keys', label: msg`Signing keys`, icon: IconKey },
  { id: 'delegations', label: msg`Delegations`, icon: IconUserShare, show: (me) => me.role === 'APPROVER' },
  { id: 'shortcuts', label: msg`Keyboard`, icon: IconKeyboard },
]
