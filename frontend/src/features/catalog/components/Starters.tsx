/** Items to begin from, for a provider that has none yet. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { starters } from '../starters.ts'
import { useHours } from '../use-hours.ts'
import css from './editor.module.css'

export function Starters() {
  const { t } = useLingui()
  const term = useTerm()
  const hours = useHours()
  const all = useMemo(() => starters(), [])
  return (
    <ul className={css.starters} aria-label={t`Items to begin from`}>
      {all.map(({ id, form }) => (
        <li key={id}>
          <Link className={css.starter} to={'/catalog/new' as string} search={{ starter: id } as never}>
            <strong>{form.name}</strong>
            <span>{form.description}</span>
            <span>
              {term('requestType', form.requestType)} ·{' '}
              <Trans>within {hours(form.hours ?? 0, form.businessHours)}</Trans>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
