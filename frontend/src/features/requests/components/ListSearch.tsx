/** The field that finds words of a request: `/` goes there, Escape comes back. */
import { useLingui } from '@lingui/react/macro'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import css from './list.module.css'

const PAUSE_MS = 250
const LONGEST = 200

export function ListSearch({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  // The address changed by itself: by a view, a link, or the way back.
  if (value !== told) {
    setTold(value)
    setText(value)
  }
  useEffect(() => {
    if (text.trim() === told) return
    const timer = setTimeout(() => {
      setTold(text.trim())
      onChange(text.trim())
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, told, onChange])
  useKeys({ '/': { run: () => field.current?.focus(), label: t`Find words` } }, { scope: t`List` })
  return (
    <span className={css.search}>
      <IconSearch size={16} aria-hidden />
      <input
        ref={field}
        type="search"
        aria-label={t`Find words in number, description or court order`}
        placeholder={t`Number, description, court order`}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
          if (event.key === 'Enter') onChange(text.trim())
        }}
      />
      {text ? (
        <button type="button" aria-label={t`Clear the words`} onClick={() => setText('')}>
          <IconX size={14} />
        </button>
      ) : (
        <Keys keys="/" />
      )}
    </span>
  )
}
