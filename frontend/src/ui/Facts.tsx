/** Small facts: name and value, people, hashes, times; each copyable or explained where that helps. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { formatDate, formatDateTime, formatExact, formatRelative, type Moment } from '~/i18n/index.ts'
import css from './kit.module.css'
import { useNow } from './use-now.ts'

/** Rows of name and value; a row whose value is null, undefined or '' is left out. */
export function Facts({ rows }: { rows: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {rows.map(([name, value], row) =>
        value === null || value === undefined || value === '' ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one list keep their places
          <Fragment key={row}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ),
      )}
    </dl>
  )
}

interface PersonLike {
  name: string
  rank?: string | null
}

export function Person({ person, none = '–' }: { person: PersonLike | null | undefined; none?: ReactNode }) {
  if (!person) return <>{none}</>
  return (
    <span className={css.person}>
      <span>
        {person.name}
        {person.rank && <span className={css.rank}> {person.rank}</span>}
      </span>
    </span>
  )
}

export function CopyText({ value, label, mono = true }: { value: string; label?: ReactNode; mono?: boolean }) {
  const { t } = useLingui()
  return (
    <span className={css.inline}>
      <span className={mono ? css.hash : undefined}>{label ?? value}</span>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <ActionIcon className="l-no-print" size="sm" onClick={copy} aria-label={copied ? t`Copied` : t`Copy`}>
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        )}
      </CopyButton>
    </span>
  )
}

/** A SHA-256, shortened on the screen, in full when copied or printed. */
export function Hash({ value, full }: { value: string | null | undefined; full?: boolean }) {
  if (!value) return <>–</>
  return (
    <CopyText value={value} label={full || value.length < 24 ? value : `${value.slice(0, 10)}…${value.slice(-6)}`} />
  )
}

/** A moment as people say it, with the exact time on hover and in print. */
export function Time({
  at,
  style = 'relative',
}: {
  at: Moment | null | undefined
  style?: 'relative' | 'date' | 'datetime'
}) {
  const now = useNow(30_000)
  if (at === null || at === undefined) return <>–</>
  const text = style === 'relative' ? formatRelative(at, now) : style === 'date' ? formatDate(at) : formatDateTime(at)
  return (
    <time dateTime={new Date(at).toISOString()} title={formatExact(at)}>
      {text}
    </time>
  )
}
