/** What the audit trail of the reader's side says of this request, entry by entry with its place in the chain. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatExact } from '~/i18n/index.ts'
import { EmptyState, Hash, QueryState } from '~/ui/index.ts'
import { auditQuery, type LersRequest } from '../queries.ts'
import { entryOf } from '../timeline.ts'
import { EventWords } from './EventWords.tsx'
import css from './parts.module.css'
import { useNames } from './use-names.ts'

export function AuditTab({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  const audit = useQuery(auditQuery(request.id))
  const nameOf = useNames(request)
  return (
    <QueryState query={audit} lines={6}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState title={t`No entries`}>
            <Trans>Entries appear here as soon as something is done with the request.</Trans>
          </EmptyState>
        ) : (
          <>
            <p className={css.note}>
              <Trans>
                The newest {items.length} of {total} entries of your side.
              </Trans>{' '}
              <Anchor component={Link} to={'/audit' as string} search={{ request_id: request.id } as never} inherit>
                <Trans>Open them in the audit trail, where the chain can be verified</Trans>
              </Anchor>
            </p>
            <ol className={css.entries} aria-label={t`Audit entries`}>
              {items.map((entry) => (
                <li key={`${entry.chain} ${entry.seq}`} className={css.entry}>
                  <span className={css.seq}>#{entry.seq}</span>
                  <span className={css.entryBody}>
                    <span>
                      <strong>{entry.actor.name}</strong>{' '}
                      <EventWords entry={entryOf(entry, entry.seq)} nameOf={nameOf} />
                    </span>
                    <span className={css.facts}>
                      <span>{formatExact(entry.at)}</span>
                      <span>{entry.event}</span>
                      <Hash value={entry.hash} />
                    </span>
                  </span>
                </li>
              ))}
            </ol>
          </>
        )
      }
    </QueryState>
  )
}
