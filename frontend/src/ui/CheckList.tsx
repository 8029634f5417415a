/** A short list of boxes to tick; the browser's own boxes. */
import css from './checklist.module.css'

export interface CheckListItem {
  value: string
  label: string
  checked: boolean
}

interface CheckListProps {
  items: readonly CheckListItem[]
  onToggle: (value: string, checked: boolean) => void
}

export function CheckList({ items, onToggle }: CheckListProps) {
  return (
    <ul className={css.list}>
      {items.map(({ value, label, checked }) => (
        <li key={value}>
          <label className={css.item}>
            <input
              type="checkbox"
              checked={checked}
              onChange={(event) => onToggle(value, event.currentTarget.checked)}
            />
            {label}
          </label>
        </li>
      ))}
    </ul>
  )
}
