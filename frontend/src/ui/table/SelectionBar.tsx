/** What may be done with the chosen rows; floats over the end of the list while there are any. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useKeys } from '../hotkeys.tsx'
import css from './table.module.css'

interface SelectionBarProps {
  count: number
  onClear: () => void
  children: ReactNode
}

export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const { t } = useLingui()
  useKeys({ Escape: { run: onClear, label: t`Choose none` } }, { scope: t`List`, enabled: count > 0 })
  if (count === 0) return null
  return (
    <section className={css.bar} aria-label={t`Chosen rows`}>
      <span className={css.barCount} role="status">
        <Plural value={count} one="# chosen" other="# chosen" />
      </span>
      {children}
      <Button variant="subtle" color="gray" onClick={onClear}>
        <Trans>Choose none</Trans>
      </Button>
    </section>
  )
}
