/** What a figure is made of, one click away. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Popup } from '~/ui/index.ts'
import { DEFINITIONS, type Figure } from '../definitions.ts'
import css from './metrics.module.css'

export function Definition({ of: name, figure }: { of: string; figure: Figure }) {
  const { t, i18n } = useLingui()
  return (
    <Popup
      label={name}
      side="end"
      button={(props) => (
        <ActionIcon {...props} className="l-no-print" size="sm" aria-label={t`What is “${name}”?`}>
          <IconInfoCircle size={16} stroke={1.7} />
        </ActionIcon>
      )}
    >
      {() => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the focus goes into the text, so that it is read
        <p className={css.definition} tabIndex={0} data-autofocus>
          {i18n._(DEFINITIONS[figure])}
        </p>
      )}
    </Popup>
  )
}
