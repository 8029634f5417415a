/** A button with a menu that is loaded when it is first opened: most menus of a screen never are. */
import { type ComponentProps, lazy, type ReactElement, Suspense, useState } from 'react'
import type { MenuEntry } from './menu-entry.ts'

const OpenMenu = lazy(() => import('./OpenMenu.tsx'))

interface MenuButtonProps {
  entries: readonly MenuEntry[]
  /** Draws the button; the menu hangs from it. */
  children: (button: ComponentProps<'button'>) => ReactElement
}

export function MenuButton({ entries, children }: MenuButtonProps) {
  const [used, setUsed] = useState(false)
  if (!used) return children({ 'aria-haspopup': 'menu', 'aria-expanded': false, onClick: () => setUsed(true) })
  return (
    <Suspense fallback={children({ 'aria-haspopup': 'menu', 'aria-expanded': true })}>
      <OpenMenu entries={entries}>{children({})}</OpenMenu>
    </Suspense>
  )
}
