/** What a person may do, and why: each permission with what gives it, or who has it instead. */
import { Trans, useLingui } from '@lingui/react/macro'
import { SegmentedControl } from '@mantine/core'
import { IconCheck, IconMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState } from 'react'
import type { Schema } from '~/api/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { QueryState } from '~/ui/index.ts'
import { type Person, rightsQuery } from '../queries.ts'
import { PERMISSIONS, STOPS, wordOf } from '../words.ts'
import css from './admin.module.css'
import { Table } from './Table.tsx'

type Right = Schema<'RightOut'>

export function RightsPanel({ person }: { person: Person }) {
  const { t } = useLingui()
  const query = useQuery(rightsQuery(person.id))
  const [shown, setShown] = useState('granted')
  return (
    <div className={css.form}>
      <QueryState query={query} lines={8}>
        {({ stopped_by, items }) => (
          <>
            {stopped_by.length > 0 && <Stops reasons={stopped_by} />}
            <SegmentedControl
              aria-label={t`Which rights`}
              data={[
                { value: 'granted', label: t`What they may do` },
                { value: 'all', label: t`All there is` },
              ]}
              value={shown}
              onChange={setShown}
            />
            {PERMISSIONS.map(({ heading, items: words }) => {
              const rows = items.filter(
                ({ permission, granted_by }) =>
                  Object.hasOwn(words, permission) && (shown === 'all' || granted_by.length > 0),
              )
              return (
                rows.length > 0 && <Part key={heading.id} heading={heading} rows={rows} person={person} words={words} />
              )
            })}
          </>
        )}
      </QueryState>
    </div>
  )
}

function Stops({ reasons }: { reasons: readonly string[] }) {
  const { i18n } = useLingui()
  return (
    <div className={clsx(css.note, css.warn)}>
      <strong>
        <Trans>At present this person can do nothing:</Trans>
      </strong>{' '}
      {reasons.map((reason) => wordOf(STOPS, i18n, reason)).join(' ')}
    </div>
  )
}

interface PartProps {
  heading: (typeof PERMISSIONS)[number]['heading']
  words: (typeof PERMISSIONS)[number]['items']
  rows: readonly Right[]
  person: Person
}

function Part({ heading, words, rows, person }: PartProps) {
  const { t, i18n } = useLingui()
  const title = i18n._(heading)
  return (
    <section className={css.part}>
      <h3>{title}</h3>
      <Table
        label={title}
        rows={rows}
        keyOf={(right) => right.permission}
        columns={[
          { label: t`Right`, cell: ({ permission }) => wordOf(words, i18n, permission) },
          { label: t`May`, cell: ({ granted_by }) => <May granted={granted_by.length > 0} /> },
          { label: t`Why`, cell: (right) => <Why right={right} person={person} /> },
        ]}
      />
    </section>
  )
}

function May({ granted }: { granted: boolean }) {
  return granted ? (
    <span className={css.yes}>
      <IconCheck size={16} aria-hidden />
      <Trans>Yes</Trans>
    </span>
  ) : (
    <span className={css.no}>
      <IconMinus size={16} aria-hidden />
      <Trans>No</Trans>
    </span>
  )
}

/** The reason in words: what gives the right, or who would have it. */
function Why({ right, person }: { right: Right; person: Person }) {
  const { t } = useLingui()
  const term = useTerm()
  const because = right.granted_by.map((source) =>
    source === 'ROLE' ? t`has the role ${term('role', person.role)}` : t`administers the organisation`,
  )
  if (because.length > 0) {
    if (right.permission === 'request:approve' && person.rank) because.push(t`with the rank ${person.rank}`)
    return <span className={css.dim}>{because.join(', ')}</span>
  }
  const others = right.roles.map((role) => term('role', role))
  if (right.tenant_admins) others.push(t`administrators of an organisation`)
  return (
    <span className={css.dim}>
      <Trans>only for: {others.join(', ')}</Trans>
    </span>
  )
}
