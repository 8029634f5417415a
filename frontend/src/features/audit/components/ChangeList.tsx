/** What an act changed: old beside new, which fields, and what else the entry notes. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatDateTime, formatNumber, type TermKind, useTerm } from '~/i18n/index.ts'
import { Hash } from '~/ui/index.ts'
import { type Change, changesOf, type Entry } from '../entry.ts'
import { fieldWord } from '../words.ts'
import css from './trail.module.css'

interface ChangeListProps {
  entry: Entry
  nameOf: (id: unknown) => string | null
}

export function ChangeList({ entry, nameOf }: ChangeListProps) {
  const { i18n } = useLingui()
  const changes = changesOf(entry.change)
  if (changes.length === 0) {
    return (
      <p className={css.dim}>
        <Trans>Nothing was changed by it.</Trans>
      </p>
    )
  }
  const value = (name: string, found: unknown) => <Value entry={entry} name={name} value={found} nameOf={nameOf} />
  return (
    <dl className={css.changes}>
      {changes.map((change) => (
        <div key={`${change.kind} ${change.kind === 'fields' ? '' : change.name}`}>
          <dt>{change.kind === 'fields' ? <Trans>Fields</Trans> : fieldWord(i18n, change.name)}</dt>
          <dd>
            <Shown change={change} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Shown({ change, value }: { change: Change; value: (name: string, found: unknown) => ReactNode }) {
  const { i18n, t } = useLingui()
  if (change.kind === 'fact') return value(change.name, change.value)
  if (change.kind === 'fields') return change.names.map((name) => fieldWord(i18n, name)).join(', ')
  return (
    <span className={css.difference}>
      <span className="l-visually-hidden">{t`from`} </span>
      <del>{value(change.name, change.old)}</del>
      <IconArrowRight size={14} className={css.arrow} aria-hidden />
      <span className="l-visually-hidden"> {t`to`} </span>
      <ins>{value(change.name, change.new)}</ins>
    </span>
  )
}

/** Whose states these are: of the thing that the event is about. */
const STATES: Record<string, TermKind> = { request: 'status', response: 'responseStatus', file: 'scanStatus' }
const TERMS: Record<string, TermKind> = {
  decision: 'decision',
  legal_mandate_type: 'mandateType',
  priority: 'priority',
  reason_code: 'reasonCode',
  request_type: 'requestType',
  role: 'role',
  verdict: 'verdict',
}
const HASH = /^[\da-f]{64}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:/
const ID = /^[\da-f]{8}-[\da-f]{4}-/
const CAPITALS = /^[A-Z][A-Z_]+$/

function Value({ entry, name, value, nameOf }: ChangeListProps & { name: string; value: unknown }) {
  const term = useTerm()
  if (value === null || value === undefined) return <Trans>none</Trans>
  if (value === true) return <Trans>yes</Trans>
  if (value === false) return <Trans>no</Trans>
  if (name === 'amr' && String(value) === 'pwd') return <Trans>password</Trans>
  if (Array.isArray(value)) return value.map(String).join(', ')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (HASH.test(text)) return <Hash value={text} />
  if (MOMENT.test(text)) return <>{formatDateTime(text)} IST</>
  if (ID.test(text)) return <>{nameOf(text) ?? <span className={css.mono}>{text}</span>}</>
  const kind = TERMS[name] ?? (name === '' || name === 'status' ? STATES[entry.object_type] : undefined)
  if (kind && CAPITALS.test(text)) return <>{term(kind, text)}</>
  if (name === 'size' || name === 'count') return <>{formatNumber(Number(text))}</>
  return <>{text}</>
}
