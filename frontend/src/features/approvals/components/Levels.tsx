/** The way of a request through its levels: who gave which, and for whom it waits. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { Person, Time } from '~/ui/index.ts'
import type { LevelState } from '../route.ts'
import css from './approvals.module.css'

export function Levels({ levels }: { levels: readonly LevelState[] }) {
  const { t } = useLingui()
  return (
    <ol className={css.levels} aria-label={t`Levels of approval`}>
      {levels.map((each) => (
        <li key={each.level} className={clsx(css.level, css[each.state])}>
          <span className={css.step} aria-hidden>
            {each.state === 'given' ? <IconCheck size={14} stroke={2.4} /> : each.level}
          </span>
          <span>
            <strong>{each.minRank ? t`Level ${each.level}: ${each.minRank}` : t`Level ${each.level}`}</strong>
            <LevelLine level={each} />
          </span>
        </li>
      ))}
    </ol>
  )
}

function LevelLine({ level }: { level: LevelState }) {
  const { approval } = level
  if (!approval) {
    return (
      <span className={css.dim}>
        {level.state === 'next' ? <Trans>waits for a decision</Trans> : <Trans>comes later</Trans>}
      </span>
    )
  }
  return (
    <span className={css.dim}>
      <Trans>
        given by <Person person={approval.approver} />
      </Trans>
      {approval.on_behalf_of && (
        <>
          {' '}
          <Trans>
            for <Person person={approval.on_behalf_of} />
          </Trans>
        </>
      )}
      , <Time at={approval.action_timestamp} />
    </span>
  )
}
