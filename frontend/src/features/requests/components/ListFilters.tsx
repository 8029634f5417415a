/** The filters of a list, all in sight: each a small control that shows what it is set to. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconChevronDown, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useId, useState } from 'react'
import { STATUSES, type Status } from '~/domain/status.ts'
import { formatNumber, terms, useTerm } from '~/i18n/index.ts'
import { CheckList, Popup } from '~/ui/index.ts'
import { providerChoices, type WantedIdentifier } from '../list-queries.ts'
import { CLOSED_STATUSES, OPEN_STATUSES } from '../list-views.ts'
import { CLOCK_LABEL } from '../list-words.ts'
import { colleaguesQuery } from '../queries.ts'
import { CLOCKS, type RequestFilters } from '../search.ts'
import { ListIdentifier } from './ListIdentifier.tsx'
import { ListSearch } from './ListSearch.tsx'
import css from './list.module.css'

interface ListFiltersProps {
  filters: RequestFilters
  /** Those of them that the user has set; the others belong to the view. */
  named: RequestFilters
  onChange: (change: Partial<RequestFilters>) => void
  identifier: WantedIdentifier | null
  onIdentifier: (identifier: WantedIdentifier | null) => void
  provider: boolean
  /** How many filters are set, for the button that opens them on small screens. */
  count: number
}

export function ListFilters(props: ListFiltersProps) {
  const { filters, onChange, count } = props
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <search className={css.filters}>
      <ListSearch value={filters.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <Button
        className={css.filterToggle}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={16} />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Trans>Filters</Trans>
        {count > 0 && <span className={css.filterCount}>{formatNumber(count)}</span>}
      </Button>
      <div id={id} className={clsx(css.controls, open && css.controlsOpen)}>
        <Controls {...props} />
      </div>
    </search>
  )
}

function Controls({ filters, named, onChange, identifier, onIdentifier, provider }: ListFiltersProps) {
  const { t, i18n } = useLingui()
  const providers = useQuery({ ...providerChoices, enabled: !provider })
  const colleagues = useQuery({ ...colleaguesQuery, enabled: provider })
  return (
    <>
      <StatusFilter
        status={filters.status}
        set={named.status !== undefined}
        onChange={(status) => onChange({ status })}
      />
      <Choice
        label={t`Priority`}
        value={filters.priority}
        choices={terms(i18n, 'priority')}
        onChange={(priority) => onChange({ priority: priority as RequestFilters['priority'] })}
      />
      <Choice
        label={t`Clock`}
        value={filters.sla}
        choices={CLOCKS.map((value) => ({ value, label: i18n._(CLOCK_LABEL[value]) }))}
        onChange={(sla) => onChange({ sla: sla as RequestFilters['sla'] })}
      />
      <Choice
        label={t`Type`}
        value={filters.request_type}
        choices={terms(i18n, 'requestType')}
        onChange={(request_type) => onChange({ request_type })}
      />
      {provider ? (
        <Choice
          label={t`Assigned to`}
          value={filters.assigned_to}
          choices={[
            { value: 'me', label: t`Me` },
            { value: 'unassigned', label: t`Nobody` },
            ...(colleagues.data?.items ?? []).map((each) => ({ value: each.id, label: each.name })),
          ]}
          onChange={(assigned_to) => onChange({ assigned_to })}
        />
      ) : (
        <Choice
          label={t`Provider`}
          value={filters.provider_tenant_id}
          choices={providers.data ?? []}
          onChange={(provider_tenant_id) => onChange({ provider_tenant_id })}
        />
      )}
      <PeriodFilter filters={filters} onChange={onChange} />
      <ListIdentifier value={identifier} onChange={onIdentifier} />
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  choices: readonly { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

/** One of a few. The browser's own list: it works with every keyboard, screen reader and finger. */
function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <span className={clsx(css.choice, value && css.set)}>
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      >
        <option value="">{label}</option>
        {value && !choices.some((each) => each.value === value) && <option value={value}>{label}: …</option>}
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
      <IconChevronDown size={14} aria-hidden />
    </span>
  )
}

interface StatusFilterProps {
  status?: Status[]
  set: boolean
  onChange: (status?: Status[]) => void
}

function StatusFilter({ status, set, onChange }: StatusFilterProps) {
  const { t } = useLingui()
  const term = useTerm()
  const chosen = new Set<Status>(status)
  const change = (next: Set<Status>) => onChange(next.size > 0 ? STATUSES.filter((each) => next.has(each)) : undefined)
  const toggle = (each: Status) => {
    const next = new Set(chosen)
    if (!next.delete(each)) next.add(each)
    change(next)
  }
  const [only] = status ?? []
  const is = (all: readonly Status[]) => all.length === chosen.size && all.every((each) => chosen.has(each))
  const word = is(OPEN_STATUSES) ? t({ message: 'Open', context: 'not ended' }) : is(CLOSED_STATUSES) ? t`Closed` : null
  return (
    <Popup
      label={t`Status`}
      button={(props) => (
        <button {...props} type="button" className={clsx(css.choice, css.choiceButton, set && css.set)}>
          {word ? `${t`Status`}: ${word}` : chosen.size === 1 && only ? term('status', only) : t`Status`}
          {!word && chosen.size > 1 && <span className={css.filterCount}>{formatNumber(chosen.size)}</span>}
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
    >
      {() => (
        <>
          <div className={css.quick}>
            <Button size="compact-sm" variant="default" onClick={() => change(new Set(OPEN_STATUSES))}>
              <Trans context="not ended">Open</Trans>
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => change(new Set(CLOSED_STATUSES))}>
              <Trans>Closed</Trans>
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => change(new Set())}>
              <Trans>Any</Trans>
            </Button>
          </div>
          <CheckList
            items={STATUSES.map((each) => ({ value: each, label: term('status', each), checked: chosen.has(each) }))}
            onToggle={(each) => toggle(each as Status)}
          />
        </>
      )}
    </Popup>
  )
}

const DAY = 10

function PeriodFilter({ filters, onChange }: Pick<ListFiltersProps, 'filters' | 'onChange'>) {
  const { t } = useLingui()
  const set = filters.created_from || filters.created_to
  return (
    <Popup
      label={t`Created`}
      button={(props) => (
        <button {...props} type="button" className={clsx(css.choice, css.choiceButton, set && css.set)}>
          <Trans>Created</Trans>
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
    >
      {() => (
        <>
          <div className={css.dates}>
            <label>
              <Trans>From</Trans>
              <input
                type="date"
                value={filters.created_from?.slice(0, DAY) ?? ''}
                max={filters.created_to?.slice(0, DAY)}
                onChange={(event) => onChange({ created_from: event.currentTarget.value || undefined })}
              />
            </label>
            <label>
              <Trans>To</Trans>
              <input
                type="date"
                value={filters.created_to?.slice(0, DAY) ?? ''}
                min={filters.created_from?.slice(0, DAY)}
                onChange={(event) => onChange({ created_to: event.currentTarget.value || undefined })}
              />
            </label>
            {set && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconX size={14} />}
                onClick={() => onChange({ created_from: undefined, created_to: undefined })}
              >
                <Trans>Any time</Trans>
              </Button>
            )}
          </div>
        </>
      )}
    </Popup>
  )
}
