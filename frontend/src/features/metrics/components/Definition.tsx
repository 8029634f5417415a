/** What a figure is made of, one click away. The server says it, as the server counts it. */
import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import css from './metrics.module.css'

export function Definition({ of: name, text }: { of: string; text: string | undefined }) {
  const { t } = useLingui()
  if (!text) return null
  return (
    <Popover position="bottom-end" shadow="md" withArrow trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon className="l-no-print" size="sm" aria-label={t`What is “${name}”?`}>
          <IconInfoCircle size={16} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the focus goes into the text, so that it is read */}
        <p className={css.definition} lang="en" tabIndex={0} data-autofocus>
          {text}
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}
