/** The filters that are set, each in words, each to be taken away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconBookmark, IconX } from '@tabler/icons-react'
import type { inWords } from '../list-words.ts'
import type { RequestFilters } from '../search.ts'
import css from './list.module.css'

interface ListChipsProps {
  named: ReturnType<typeof inWords>
  onRemove: (change: Partial<RequestFilters>) => void
  onClear: () => void
  onSave: () => void
}

export function ListChips({ named, onRemove, onClear, onSave }: ListChipsProps) {
  const { t } = useLingui()
  if (named.length === 0) return null
  return (
    <div className={css.chips}>
      <ul aria-label={t`Filters that are set`}>
        {named.map(({ keys, text }) => (
          <li key={text} className={css.chip}>
            <span>{text}</span>
            <button
              type="button"
              aria-label={t`Remove the filter ${text}`}
              onClick={() => onRemove(Object.fromEntries(keys.map((key) => [key, undefined])))}
            >
              <IconX size={14} />
            </button>
          </li>
        ))}
      </ul>
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        <Trans>Clear all</Trans>
      </Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconBookmark size={15} />} onClick={onSave}>
        <Trans>Save as a view</Trans>
      </Button>
    </div>
  )
}
