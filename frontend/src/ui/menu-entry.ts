/** One line of a menu. */
import type { ReactNode } from 'react'

export interface MenuEntry {
  key: string
  label: ReactNode
  icon?: ReactNode
  /** Red, and below a line: what ends or deletes something. */
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
}
