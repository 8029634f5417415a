/** The five steps: where one is, what is done, and what is missing. */

import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { STEPS, type Step } from '../search.ts'
import css from './wizard.module.css'

export const STEP_NAMES: Record<Step, MessageDescriptor> = {
  what: msg`What`,
  identifiers: msg`Identifiers`,
  period: msg`Period`,
  mandate: msg`Mandate`,
  check: msg`Check answers`,
}

interface StepNavProps {
  id: string
  current: Step
  /** How many things are missing at each step. */
  missing: Readonly<Record<Step, number>>
  /** The steps where the officer has been: only these are called missing or done. */
  seen: ReadonlySet<Step>
}

export function StepNav({ id, current, missing, seen }: StepNavProps) {
  const { t, i18n } = useLingui()
  return (
    <nav aria-label={t`Steps`}>
      <ol className={css.steps}>
        {STEPS.map((step, place) => {
          const open = seen.has(step) && missing[step] > 0
          const done = seen.has(step) && missing[step] === 0 && step !== 'check'
          return (
            <li key={step} className={css.stepItem} aria-current={step === current ? 'step' : undefined}>
              <Link
                to="/requests/$requestId/edit"
                params={{ requestId: id }}
                search={{ step }}
                className={css.step}
                // The router marks links to where one is; without the search every step would be that.
                activeOptions={{ exact: true, includeSearch: true }}
              >
                <span className={css.stepMark} data-open={open || undefined} data-done={done || undefined}>
                  {done ? <IconCheck size={14} aria-hidden /> : place + 1}
                </span>
                <span className={css.stepName}>
                  {i18n._(STEP_NAMES[step])}
                  {open && (
                    <span className="l-visually-hidden">
                      {' '}
                      <Trans>(something is missing)</Trans>
                    </span>
                  )}
                  {done && (
                    <span className="l-visually-hidden">
                      {' '}
                      <Trans>(done)</Trans>
                    </span>
                  )}
                </span>
              </Link>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
