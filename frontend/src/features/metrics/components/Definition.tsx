/** What a figure is made of, one click away. The server says it, as the server counts it. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { Popup } from '~/ui/index.ts'
import css from './metrics.module.css'

export function Definition({ of: name, text }: { of: string; text: string | undefined }) {
  const { t } = useLingui()
  if (!text) return null
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
        <p className={css.definition} lang="en" tabIndex={0} data-autofocus>
          {text}
        </p>
      )}
    </Popup>
  )
}
