/** What the shell must know of a portal: its name, who it is for, and its places. */
import type { MessageDescriptor } from '@lingui/core'
import type { ComponentType } from 'react'
import type { Me } from '~/auth/index.ts'

export interface Place {
  to: string
  label: MessageDescriptor
  icon: ComponentType<{ size?: number; stroke?: number }>
  /** The second key after `g`. */
  key?: string
  /** Who sees it; everybody when left out. This hides what would be empty: the server decides what may be done. */
  show?: (me: Me) => boolean
  /** In the bar at the bottom of a small screen. */
  handy?: boolean
  group?: MessageDescriptor
  /** A number beside the name: what waits there. */
  count?: 'approvals' | 'responses' | 'inbox' | 'notifications'
}

export interface Portal {
  id: 'enforcement' | 'provider'
  name: MessageDescriptor
  /** Roles whose place this portal is. */
  roles: readonly string[]
  /** Where the others belong. */
  otherPath: string
  otherName: MessageDescriptor
  places: readonly Place[]
  /** The one screen of whoever must set up a second factor first. */
  Enrolment: ComponentType
}
