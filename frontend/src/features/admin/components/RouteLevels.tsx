/** The levels of a route with everybody who could fill them. */
import { Trans } from '@lingui/react/macro'
import clsx from 'clsx'
import { formatNumber } from '~/i18n/index.ts'
import { Person, ToneBadge } from '~/ui/index.ts'
import type { Route } from '../queries.ts'
import css from './admin.module.css'

export function RouteLevels({ route }: { route: Route }) {
  return (
    <div className={css.form}>
      <ol className={css.levels}>
        {route.levels.map((level) => (
          <li key={level.level} className={css.level}>
            <span className={css.levelNumber} data-gap={route.gap === level.level} aria-hidden>
              {formatNumber(level.level)}
            </span>
            <div>
              <span className={css.strong}>
                <Trans>{level.min_rank} or higher</Trans>
              </span>
              <People people={level.people} />
            </div>
          </li>
        ))}
      </ol>
      {route.gap !== null ? (
        <p className={clsx(css.note, css.bad)} role="status">
          <Trans>
            Nobody is left for level {route.gap}: one person fills one level. Such a request cannot be sent for
            approval.
          </Trans>
        </p>
      ) : (
        <p className={clsx(css.note, css.good)} role="status">
          <Trans>Every level can be filled.</Trans>
        </p>
      )}
    </div>
  )
}

function People({ people }: { people: Route['levels'][number]['people'] }) {
  if (people.length === 0) {
    return (
      <p className={css.text}>
        <Trans>Nobody of the unit</Trans>
      </p>
    )
  }
  return (
    <ul className={css.rows}>
      {people.map((person) => (
        <li key={person.id} className={css.badges}>
          <Person person={person} />
          {person.as_deputy && (
            <ToneBadge tone="info">
              <Trans>as a deputy</Trans>
            </ToneBadge>
          )}
        </li>
      ))}
    </ul>
  )
}
