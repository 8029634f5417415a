/** A checkbox with room for a finger; the browser's own, which costs a long list nothing. */
import { useEffect, useRef } from 'react'
import css from './table.module.css'

interface CheckProps {
  label: string
  checked: boolean
  partly?: boolean
  disabled?: boolean
  onChange: (range: boolean) => void
}

export function Check({ label, checked, partly = false, disabled, onChange }: CheckProps) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = partly
  }, [partly])
  return (
    <label className={css.checkArea}>
      <span className="l-visually-hidden">{label}</span>
      <input
        ref={box}
        type="checkbox"
        className={css.checkBox}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange((event.nativeEvent as MouseEvent).shiftKey ?? false)}
      />
    </label>
  )
}
