/** Follow a request by its number: `/` goes there, Enter looks it up. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconSearch } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import { problemsOf } from '~/ui/index.ts'
import { findRequest, type Named } from '../queries.ts'
import css from './trail.module.css'

const LONGEST = 60

export function RequestField({ onFound }: { onFound: (request: Named) => void }) {
  const { t } = useLingui()
  const field = useRef<HTMLInputElement>(null)
  const [number, setNumber] = useState('')
  const id = useId()
  const find = useMutation({
    mutationFn: findRequest,
    onSuccess: (found) => {
      if (!found) return
      setNumber('')
      onFound(found)
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if (number.trim()) find.mutate(number.trim())
  }
  useKeys({ '/': { run: () => field.current?.focus(), label: t`Find a request` } }, { scope: t`Audit trail` })
  const [refusal] = problemsOf(find.error)
  const nothing = find.data === null
  return (
    <form className={css.find} onSubmit={submit}>
      <span className={css.search}>
        <IconSearch size={16} aria-hidden />
        <input
          ref={field}
          type="search"
          aria-label={t`Number of a request`}
          aria-describedby={nothing || refusal ? id : undefined}
          placeholder={t`Number of a request`}
          maxLength={LONGEST}
          value={number}
          onChange={(event) => {
            setNumber(event.currentTarget.value)
            if (!find.isIdle) find.reset()
          }}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
        <Keys keys="/" />
      </span>
      <span id={id} role="status" className={css.findNote}>
        {nothing && <Trans>No single request has this number.</Trans>}
        {refusal?.message}
      </span>
    </form>
  )
}
