/** What the catalog is narrowed by: in sight, in the address, and told in words when nothing is left. */

import { useLingui as useI18n } from '@lingui/react'
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Select, Switch, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { terms } from '~/i18n/index.ts'
import { categoriesQuery, providersQuery } from '../queries.ts'
import { type CatalogSearch, ITEM_SORTS, type ItemSort, WITHIN, type Within } from '../search.ts'
import { useHours } from '../use-hours.ts'
import css from './catalog.module.css'

export const SEARCH_ID = 'catalog-search'

interface FiltersProps {
  search: CatalogSearch
  /** The words as they are typed; the address follows a moment later. */
  words: string
  onWords: (words: string) => void
  onChange: (part: Partial<CatalogSearch>) => void
}

export function Filters({ search, words, onWords, onChange }: FiltersProps) {
  const { t } = useLingui()
  const { i18n } = useI18n()
  const hours = useHours()
  const providers = useQuery(providersQuery)
  const categories = useQuery(categoriesQuery)
  const sorts: Record<ItemSort, string> = {
    name: t`By name`,
    sla_turnaround_hours: t`Shortest promise first`,
    actual_median_turnaround_hours: t`Fastest answers first`,
    '-updated_at': t`Newest change first`,
  }
  return (
    <search className={css.filters} aria-label={t`Narrow the catalog`}>
      <TextInput
        id={SEARCH_ID}
        className={css.search}
        type="search"
        label={t`Search`}
        placeholder={t`Name, description, category or provider`}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={words}
        autoComplete="off"
        onChange={(event) => onWords(event.currentTarget.value)}
      />
      <Pick
        label={t`Provider`}
        all={t`All providers`}
        data={(providers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.provider}
        onChange={(provider) => onChange({ provider })}
      />
      <Pick
        label={t`Category`}
        all={t`All categories`}
        data={(categories.data?.items ?? []).map(({ category, item_count: count }) => ({
          value: category,
          label: `${category} (${count})`,
        }))}
        value={search.category}
        onChange={(category) => onChange({ category })}
      />
      <Pick
        label={t`Kind of data`}
        all={t`All kinds`}
        data={terms(i18n, 'requestType')}
        value={search.type}
        onChange={(type) => onChange({ type })}
      />
      <Pick
        label={t`Promised within`}
        all={t`Any time`}
        data={WITHIN.map((each) => ({ value: String(each), label: hours(each) }))}
        value={search.within && String(search.within)}
        onChange={(value) => onChange({ within: value ? (Number(value) as Within) : undefined })}
      />
      <Select
        label={t`Sort by`}
        data={ITEM_SORTS.map((value) => ({ value, label: sorts[value] }))}
        value={search.sort ?? 'name'}
        allowDeselect={false}
        onChange={(sort) => onChange({ sort: sort === 'name' ? undefined : (sort as ItemSort) })}
      />
      <Switch
        label={t`Featured only`}
        mb="0.4375rem"
        checked={search.featured ?? false}
        onChange={(event) => onChange({ featured: event.currentTarget.checked || undefined })}
      />
    </search>
  )
}

interface PickProps {
  label: string
  all: string
  data: { value: string; label: string }[]
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function Pick({ label, all, data, value, onChange }: PickProps) {
  return (
    <Select
      label={label}
      placeholder={all}
      data={data}
      value={value ?? null}
      searchable={data.length > 8}
      clearable
      clearButtonProps={{ 'aria-label': all }}
      onChange={(found) => onChange(found ?? undefined)}
    />
  )
}

export function ClearFilters({ onClear }: { onClear: () => void }) {
  return (
    <Button variant="default" size="xs" onClick={onClear}>
      <Trans>Clear the filters</Trans>
    </Button>
  )
}
