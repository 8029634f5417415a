/** What a draft still lacks, each with the way to where it is mended; and what is only worth a second look. */
import { Plural, Trans } from '@lingui/react/macro'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import type { LersRequest } from '../queries.ts'
import css from './action.module.css'
import { wizardStepOf } from './step-form.ts'

export function DraftProblems({ request, onGo }: { request: LersRequest; onGo?: () => void }) {
  const problems = request.problems ?? []
  const warnings = request.warnings ?? []
  return (
    <div className={css.checks}>
      {problems.length === 0 ? (
        <p className={clsx(css.check, css.good)}>
          <IconCircleCheck size={18} aria-hidden />
          <Trans>Nothing is missing.</Trans>
        </p>
      ) : (
        <>
          <p className={clsx(css.check, css.bad)}>
            <IconAlertTriangle size={18} aria-hidden />
            <Plural value={problems.length} one="# thing is missing" other="# things are missing" />
          </p>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.field} ${problem.code}`}>
                <Link
                  to={`/requests/${request.id}/edit` as string}
                  search={{ step: wizardStepOf(problem.field) } as never}
                  onClick={onGo}
                >
                  {problem.message}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {warnings.map((warning) => (
        <p className={clsx(css.check, css.warning)} key={`${warning.field} ${warning.code}`}>
          <IconInfoCircle size={18} aria-hidden />
          <span>{warning.message}</span>
        </p>
      ))}
    </div>
  )
}
