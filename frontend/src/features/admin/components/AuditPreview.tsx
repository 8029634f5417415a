/** The entry that a change will leave in the audit trail, shown before it is made. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId } from 'react'
import { useMe } from '~/auth/index.ts'
import { type TermKind, useTerm } from '~/i18n/index.ts'
import type { AuditLine } from '../audit-line.ts'
import { EVENTS, FIELDS, policyText, wordOf } from '../words.ts'
import css from './admin.module.css'

interface AuditPreviewProps {
  /** Null: nothing is changed yet. */
  line: AuditLine | null
  /** What it is about, by its name. */
  object: string
}

export function AuditPreview({ line, object }: AuditPreviewProps) {
  const { i18n } = useLingui()
  const me = useMe()
  const id = useId()
  return (
    <section className={css.preview} aria-labelledby={id}>
      <h3 id={id}>
        <Trans>What the audit trail will say</Trans>
      </h3>
      {line ? (
        <>
          <p className={css.line}>
            {me.name} · {wordOf(EVENTS, i18n, line.event)} · {object} <span className={css.code}>{line.event}</span>
          </p>
          {line.change && (
            <dl className={css.changes}>
              {Object.entries(line.change).map(([name, value]) => (
                <Change key={name} name={name} value={value} />
              ))}
            </dl>
          )}
        </>
      ) : (
        <p className={css.line}>
          <Trans>Nothing is changed yet.</Trans>
        </p>
      )}
    </section>
  )
}

function Change({ name, value }: { name: string; value: unknown }) {
  const { i18n } = useLingui()
  return (
    <>
      <dt>{wordOf(FIELDS, i18n, name)}</dt>
      <dd>
        <Value name={name} value={value} />
      </dd>
    </>
  )
}

const TERMS: Record<string, TermKind> = {
  role: 'role',
  type: 'tenantType',
  request_type: 'requestType',
  legal_mandate_type: 'mandateType',
  priority: 'priority',
}

function Value({ name, value }: { name: string; value: unknown }) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  if (value === null || value === undefined) return name === 'rank' ? t`none` : t`any`
  if (typeof value === 'boolean') return value ? t`yes` : t`no`
  if (Array.isArray(value)) {
    return name === 'fields' ? value.map((each) => wordOf(FIELDS, i18n, String(each))).join(', ') : value.join(' → ')
  }
  if (typeof value === 'object') return policyText(i18n, value)
  const kind = TERMS[name]
  return kind ? term(kind, String(value)) : String(value)
}
