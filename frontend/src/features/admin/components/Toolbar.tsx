/** The filters over a list of people or organisations. */
import { useLingui } from '@lingui/react/macro'
import { NativeSelect, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'
import css from './admin.module.css'

const PAUSE_MS = 250

interface ToolbarProps {
  label: string
  value: string
  onSearch: (text: string | undefined) => void
  children?: ReactNode
  total?: ReactNode
}

export function Toolbar({ label, value, onSearch, children, total }: ToolbarProps) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [told, setTold] = useState(value)
  // The address changed by itself: by a link, or the way back.
  if (value !== told) {
    setTold(value)
    setText(value)
  }
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === told) return
    const timer = setTimeout(() => {
      setTold(wanted)
      onSearch(wanted || undefined)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, told, onSearch])
  useKeys({ '/': { run: () => field.current?.focus(), label } }, { scope: t`List` })
  return (
    <search className={css.toolbar}>
      <TextInput
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        leftSection={<IconSearch size={16} aria-hidden />}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {children}
      {total && (
        <p className={css.total} role="status">
          {total}
        </p>
      )}
    </search>
  )
}

interface FilterProps {
  label: string
  value: string | undefined
  choices: readonly { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

/** One of a few; all where none is chosen. */
export function Filter({ label, value, choices, onChange }: FilterProps) {
  return (
    <NativeSelect
      aria-label={label}
      data={[{ value: '', label }, ...choices]}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}
