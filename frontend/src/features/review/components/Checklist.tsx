/** Why a response was rejected: the missing items one by one, and the officer's words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Checkbox } from '@mantine/core'
import { IconSquare } from '@tabler/icons-react'
import { readChecklist } from '../checklist.ts'
import css from './decision.module.css'

interface ChecklistProps {
  reason: string
  /** With these the items can be ticked off. */
  done?: readonly string[]
  onDone?: (done: string[]) => void
}

export function Checklist({ reason, done = [], onDone }: ChecklistProps) {
  const { t } = useLingui()
  const { items, note } = readChecklist(reason)
  const toggle = (item: string) =>
    onDone?.(done.includes(item) ? done.filter((each) => each !== item) : [...done, item])
  return (
    <div className={css.checklist}>
      {items.length > 0 && (
        <ul aria-label={t`Missing items`}>
          {items.map((item, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a reason never changes
            <li key={place}>
              {onDone ? (
                <Checkbox checked={done.includes(item)} onChange={() => toggle(item)} label={item} />
              ) : (
                <span className={css.item}>
                  <IconSquare size={16} stroke={1.6} aria-hidden className={css.box} />
                  <span>{item}</span>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {onDone && items.length > 0 && (
        <p className={css.done} role="status">
          <Trans>
            {items.filter((item) => done.includes(item)).length} of {items.length} done. The ticks are kept on this
            device alone.
          </Trans>
        </p>
      )}
      {note && <p className={css.note}>{note}</p>}
    </div>
  )
}
