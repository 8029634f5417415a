/** Find the requests about one number, account or address. The value is sent sealed in the body, never in an address. */
import { useLingui } from '@lingui/react/macro'
import { IconChevronDown } from '@tabler/icons-react'
import clsx from 'clsx'
import { lazy, Suspense } from 'react'
import { useTerm } from '~/i18n/index.ts'
import { Popup } from '~/ui/index.ts'
import type { IdentifierChoice } from '../list-queries.ts'
import css from './list.module.css'

const ListIdentifierForm = lazy(() => import('./ListIdentifierForm.tsx'))

export function ListIdentifier({ value, onChange }: IdentifierChoice) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <Popup
      label={t`Identifier`}
      width={300}
      button={(props) => (
        <button {...props} type="button" className={clsx(css.choice, css.choiceButton, value && css.set)}>
          {value ? `${term('identifierType', value.type)}: ${masked(value.value)}` : t`Identifier`}
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
    >
      {(close) => (
        <Suspense fallback={null}>
          <ListIdentifierForm
            value={value}
            onChange={(next) => {
              close()
              onChange(next)
            }}
          />
        </Suspense>
      )}
    </Popup>
  )
}

const SHOWN = 4
const masked = (value: string) => (value.length > SHOWN ? `••••${value.slice(-SHOWN)}` : '••••')
