/** Grey bars in the shape of the rows to come, shown only when these take longer than a blink. */
import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import css from './table.module.css'
import type { Column } from './types.ts'

const LINES = [0, 1, 2, 3, 4, 5, 6, 7]
const BLINK_MS = 200

export function Waiting<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const { t } = useLingui()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), BLINK_MS)
    return () => clearTimeout(timer)
  }, [])
  const bars = columns.length > 0 ? columns.map((column) => column.id) : ['card']
  return (
    <div role="status" aria-label={t`Loading`} className={css.waiting}>
      {LINES.map((line) => (
        <div key={line} className={css.waitingRow}>
          {shown &&
            bars.map((id, at) => (
              <Skeleton
                key={id}
                height={columns.length > 0 ? 14 : 64}
                width={`${88 - ((line * 13 + at * 29) % 45)}%`}
              />
            ))}
        </div>
      ))}
    </div>
  )
}
