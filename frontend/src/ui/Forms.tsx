/** Errors of a form: a summary on top that links to the fields, as GOV.UK's users taught everybody. */
import { Trans } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef } from 'react'
import { Problem } from '~/api/index.ts'
import css from './kit.module.css'

export interface FieldProblem {
  /** The id of the field that the link focuses. */
  field?: string
  message: ReactNode
}

export function ErrorSummary({ problems, focus = true }: { problems: readonly FieldProblem[]; focus?: boolean }) {
  const box = useRef<HTMLDivElement>(null)
  const count = problems.length
  useEffect(() => {
    if (focus && count > 0) box.current?.focus()
  }, [focus, count])
  if (count === 0) return null
  return (
    <div className={css.summary} ref={box} tabIndex={-1} role="alert">
      <h2>
        <Trans>There is a problem</Trans>
      </h2>
      <ul>
        {problems.map(({ field, message }, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no identity of their own
          <li key={row}>{field ? <FieldLink field={field}>{message}</FieldLink> : message}</li>
        ))}
      </ul>
    </div>
  )
}

function FieldLink({ field, children }: { field: string; children: ReactNode }) {
  return (
    <a
      href={`#${field}`}
      onClick={(event) => {
        event.preventDefault()
        const found = document.getElementById(field)
        found?.focus()
        found?.scrollIntoView({ block: 'center' })
      }}
    >
      {children}
    </a>
  )
}

/** What a failed call says of the fields; `idOf` maps the API's name to the field's id. */
export function problemsOf(
  error: unknown,
  idOf: (name: string) => string | undefined = (name) => name,
): FieldProblem[] {
  if (!(error instanceof Problem)) return error ? [{ message: String(error) }] : []
  const fields = Object.entries(error.fields).flatMap(([name, messages]) =>
    messages.map((message) => ({ field: idOf(name), message })),
  )
  return fields.length > 0
    ? fields
    : [{ message: error.offline ? <Trans>No connection to LERS. Nothing was lost; try again.</Trans> : error.message }]
}
