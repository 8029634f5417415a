/** Who has how much on the desk, and what lies with nobody. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { Schema } from '~/api/index.ts'
import { OPEN_STATUSES } from '~/features/requests/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import { providersQuery } from '../queries.ts'
import { Card } from './Card.tsx'
import css from './dashboard.module.css'
import { ListLink } from './ListLink.tsx'

type Member = Schema<'TeamMemberOut'>

export function TeamCard({ place }: { place: number }) {
  const { t } = useLingui()
  const figures = useQuery(providersQuery)
  return (
    <Card place={place} title={t`Team load`} flush>
      <QueryState query={figures} lines={4}>
        {({ team }) => {
          const members = team ?? []
          const most = Math.max(1, ...members.map((member) => member.open))
          return members.length > 0 ? (
            <ul className={css.rows}>
              {members.map((member) => (
                <li key={member.user?.id ?? 'nobody'}>
                  <Load member={member} most={most} />
                </li>
              ))}
            </ul>
          ) : (
            <EmptyState title={<Trans>Nobody is in your team yet</Trans>} />
          )
        }}
      </QueryState>
    </Card>
  )
}

function Load({ member: { user, open, overdue, due_soon }, most }: { member: Member; most: number }) {
  const part = (count: number) => ({ inlineSize: `${(count / most) * 100}%` })
  return (
    <ListLink search={{ status: OPEN_STATUSES, assigned_to: user?.id ?? 'unassigned' }} className={css.member}>
      <span className={css.memberName}>{user ? user.name : <Trans>Assigned to nobody</Trans>}</span>
      <span className={css.load} aria-hidden>
        {overdue > 0 && <span className={css.breached} style={part(overdue)} />}
        {due_soon > 0 && <span className={css.due_soon} style={part(due_soon)} />}
        {open - overdue - due_soon > 0 && <span className={css.on_track} style={part(open - overdue - due_soon)} />}
      </span>
      <span className={css.memberNumbers}>
        <Plural value={open} one="# open" other="# open" />
        {overdue > 0 && (
          <>
            {', '}
            <span className={css.late}>
              <Plural value={overdue} one="# overdue" other="# overdue" />
            </span>
          </>
        )}
      </span>
    </ListLink>
  )
}
