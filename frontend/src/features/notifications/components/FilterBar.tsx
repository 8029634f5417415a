/** What of the notifications is shown. */
import '@mantine/core/styles/Chip.layer.css'
import { Trans, useLingui } from '@lingui/react/macro'
import { Chip, SegmentedControl } from '@mantine/core'
import { FAMILIES, type Family } from '../kinds.ts'
import type { Filters } from '../queries.ts'
import css from './notifications.module.css'

interface FilterBarProps {
  filters: Filters
  onChange: (filters: Filters) => void
}

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const { t, i18n } = useLingui()
  return (
    <search className={css.filters} aria-label={t`Filters`}>
      <SegmentedControl
        size="sm"
        aria-label={t`Read or unread`}
        value={filters.unread ? 'unread' : 'all'}
        onChange={(value) => onChange({ ...filters, unread: value === 'unread' })}
        data={[
          { value: 'all', label: t`All` },
          { value: 'unread', label: t`Unread` },
        ]}
      />
      <fieldset className={css.families}>
        <legend className="l-visually-hidden">
          <Trans>What they are about</Trans>
        </legend>
        {(Object.entries(FAMILIES) as [Family, (typeof FAMILIES)[Family]][]).map(([family, { label }]) => (
          <Chip
            key={family}
            size="sm"
            checked={filters.family === family}
            onChange={(checked) => onChange({ ...filters, family: checked ? family : null })}
          >
            {i18n._(label)}
          </Chip>
        ))}
      </fieldset>
    </search>
  )
}
