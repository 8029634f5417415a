/** A button with a panel that is loaded when it is first opened: the kit's floating parts weigh more than most screens. */
import { type ComponentProps, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'

const OpenPopup = lazy(() => import('./OpenPopup.tsx'))

export interface PopupProps {
  /** The name of the panel. */
  label: string
  /** Draws the button; the panel hangs from it. */
  button: (props: ComponentProps<'button'>) => ReactElement
  side?: 'start' | 'end'
  width?: number
  /** The panel's content; `close` takes it away and gives the focus back. */
  children: (close: () => void) => ReactNode
}

export function Popup({ label, button, side = 'start', width, children }: PopupProps) {
  const [used, setUsed] = useState(false)
  if (!used) return button({ 'aria-haspopup': 'dialog', 'aria-expanded': false, onClick: () => setUsed(true) })
  return (
    <Suspense fallback={button({ 'aria-haspopup': 'dialog', 'aria-expanded': true })}>
      <OpenPopup label={label} button={button} side={side} width={width}>
        {children}
      </OpenPopup>
    </Suspense>
  )
}
