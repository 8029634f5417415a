/** The filters of the trail, all in sight: request, person, event, period, and for administrators the chain. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconChevronDown, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { type ReactNode, useId, useState } from 'react'
import { formatNumber, formatPlainDate } from '~/i18n/index.ts'
import { Popup } from '~/ui/index.ts'
import type { TrailSearch } from '../search.ts'
import type { Trail } from '../use-trail.ts'
import { eventChoices, eventWord } from '../words.ts'
import { RequestField } from './RequestField.tsx'
import css from './trail.module.css'

export function TrailFilters({ trail }: { trail: Trail }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const count = Object.keys(trail.search).length
  return (
    <search className={css.filters}>
      <Button
        className={css.toggle}
        variant="default"
        leftSection={<IconAdjustmentsHorizontal size={16} />}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Trans>Filters</Trans>
        {count > 0 && <span className={css.count}>{formatNumber(count)}</span>}
      </Button>
      <div id={id} className={clsx(css.controls, open && css.controlsOpen)}>
        <Controls trail={trail} />
      </div>
    </search>
  )
}

function Controls({ trail }: { trail: Trail }) {
  const { t, i18n } = useLingui()
  const { search, change, colleagues, organisations, overAll, nameOf } = trail
  const options = (all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))
  return (
    <>
      <RequestField
        onFound={(request) => {
          trail.setRequest(request)
          change({ request_id: request.id })
        }}
      />
      <Choice
        label={t`Person`}
        value={search.actor_id}
        told={nameOf(search.actor_id)}
        onChange={(actor_id) => change({ actor_id })}
      >
        {options(colleagues)}
      </Choice>
      <Choice
        label={t`Event`}
        value={search.event}
        told={search.event ? eventWord(i18n, search.event) : null}
        onChange={(event) => change({ event })}
      >
        {eventChoices(i18n).map(({ family, label, events }) => (
          <optgroup key={family} label={label}>
            <option value={family}>{t`${label}: all`}</option>
            {events.map((event) => (
              <option key={event.value} value={event.value}>
                {event.label}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <Period search={search} onChange={change} />
      {overAll && (
        <Choice
          label={t`Organisation`}
          value={search.tenant_id}
          told={nameOf(search.tenant_id)}
          onChange={(tenant_id) => change({ tenant_id })}
        >
          {options(organisations)}
        </Choice>
      )}
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string | undefined
  /** What the value is called, where it is none of the choices. */
  told: string | null
  onChange: (value: string | undefined) => void
  children: ReactNode
}

/** The browser's own list: it works with every keyboard, screen reader and finger. */
function Choice({ label, value, told, onChange, children }: ChoiceProps) {
  return (
    <span className={clsx(css.choice, value && css.set)}>
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      >
        <option value="">{label}</option>
        {children}
        {value && (
          <option value={value} hidden>
            {told ?? `${label}: …`}
          </option>
        )}
      </select>
      <IconChevronDown size={14} aria-hidden />
    </span>
  )
}

interface PeriodProps {
  search: TrailSearch
  onChange: (part: Partial<TrailSearch>) => void
}

/** `1 Nov 2026 – 24 Nov 2026`, open at either end. */
export const periodOf = ({ from, to }: TrailSearch): string =>
  from === to && from ? formatPlainDate(from) : [from, to].map((day) => (day ? formatPlainDate(day) : '…')).join(' – ')

function Period({ search, onChange }: PeriodProps) {
  const { t } = useLingui()
  const set = Boolean(search.from || search.to)
  return (
    <Popup
      label={t`Period`}
      button={(props) => (
        <button {...props} type="button" className={clsx(css.choice, css.choiceButton, set && css.set)}>
          {set ? periodOf(search) : t`Period`}
          <IconChevronDown size={14} aria-hidden />
        </button>
      )}
    >
      {() => (
        <div className={css.dates}>
          <label>
            <Trans>From</Trans>
            <input
              type="date"
              value={search.from ?? ''}
              max={search.to}
              onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
            />
          </label>
          <label>
            <Trans>To</Trans>
            <input
              type="date"
              value={search.to ?? ''}
              min={search.from}
              onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
            />
          </label>
          {set && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconX size={14} />}
              onClick={() => onChange({ from: undefined, to: undefined })}
            >
              <Trans>Any time</Trans>
            </Button>
          )}
        </div>
      )}
    </Popup>
  )
}
