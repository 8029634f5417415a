/** A panel of the dashboard with the key that goes to it. */
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef } from 'react'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { Panel } from '~/ui/index.ts'
import css from './dashboard.module.css'

interface CardProps {
  /** 1 to 9: the key, and the order of the cards. */
  place: number
  title: string
  note?: ReactNode
  actions?: ReactNode
  flush?: boolean
  children: ReactNode
}

export function Card({ place, title, note, actions, flush, children }: CardProps) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  const go = () => {
    box.current?.querySelector<HTMLElement>('a[href], button')?.focus()
    box.current?.scrollIntoView({ block: 'nearest' })
  }
  useKeys({ [place]: { run: go, label: t`Go to: ${title}` } }, { scope: t`Dashboard` })
  return (
    <div ref={box} className={css.card}>
      <Panel
        title={title}
        note={note}
        flush={flush}
        actions={
          <>
            {actions}
            <span className={css.keyHint} aria-hidden>
              <Keys keys={String(place)} />
            </span>
          </>
        }
      >
        {children}
      </Panel>
    </div>
  )
}
