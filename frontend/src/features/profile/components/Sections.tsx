/** The parts of a service profile's editor. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatPlainDate } from '~/i18n/index.ts'
import { Panel, ToneBadge } from '~/ui/index.ts'
import { usePlaces } from '../place-words.ts'
import { TIME_ZONES } from '../places.ts'
import type { ProfileForm, ProfileProblem } from '../profile-form.ts'
import css from './profile.module.css'
import { WeekEditor } from './WeekEditor.tsx'

export interface SectionProps {
  form: ProfileForm
  set: (part: Partial<ProfileForm>) => void
  problems: readonly ProfileProblem[]
}

export function HoursSection(props: SectionProps) {
  const { form, set, problems } = props
  const { t } = useLingui()
  const zones = TIME_ZONES.some((zone) => zone === form.timeZone) ? TIME_ZONES : [...TIME_ZONES, form.timeZone]
  return (
    <Panel
      title={<Trans>Service hours</Trans>}
      note={
        <Trans>Promises in working hours are counted by these. Clocks that run keep the hours they began with.</Trans>
      }
    >
      <div className={css.fields}>
        <WeekEditor {...props} />
        {problems.some(({ fault }) => fault === 'never') && (
          <p className={css.wrong}>
            <Trans>Open at some time of the week: nothing would ever come due.</Trans>
          </p>
        )}
        <div className={css.row}>
          <Select
            id="time_zone"
            label={t`Time zone`}
            data={[...zones]}
            value={form.timeZone}
            allowDeselect={false}
            onChange={(zone) => zone && set({ timeZone: zone })}
          />
        </div>
      </div>
    </Panel>
  )
}

export function HolidaysSection({ form, set }: SectionProps) {
  const { t } = useLingui()
  const { countries, states } = usePlaces(form.country, form.state)
  return (
    <Panel title={<Trans>Holidays</Trans>} note={<Trans>Days on which working hours do not run.</Trans>}>
      <div className={css.fields}>
        <Checkbox
          label={t`Holidays stop the working hours`}
          checked={form.holidaysCount}
          onChange={(event) => set({ holidaysCount: event.currentTarget.checked })}
        />
        {form.holidaysCount && (
          <>
            <div className={css.row}>
              <Select
                id="country"
                label={t`Public holidays of`}
                placeholder={t`No country`}
                data={countries}
                value={form.country}
                clearable
                clearButtonProps={{ 'aria-label': t`No country` }}
                onChange={(country) => set({ country, state: null })}
              />
              <Select
                id="state"
                label={t`State or territory`}
                placeholder={t`National ones only`}
                data={states}
                value={form.state}
                disabled={states.length === 0}
                searchable
                clearable
                clearButtonProps={{ 'aria-label': t`National ones only` }}
                onChange={(state) => set({ state })}
              />
            </div>
            <OwnDates dates={form.ownHolidays} onChange={(ownHolidays) => set({ ownHolidays })} />
          </>
        )}
      </div>
    </Panel>
  )
}

function OwnDates({ dates, onChange }: { dates: readonly string[]; onChange: (dates: readonly string[]) => void }) {
  const { t } = useLingui()
  const [date, setDate] = useState('')
  const add = () => {
    if (!date) return
    onChange([...new Set([...dates, date])].sort())
    setDate('')
  }
  return (
    <div className={css.fields}>
      <div className={css.buttons}>
        <TextInput
          id="own_holidays"
          type="date"
          label={t`Your own closed days`}
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button variant="default" mt="1.375rem" disabled={!date} onClick={add}>
          <Trans>Add the day</Trans>
        </Button>
      </div>
      {dates.length > 0 && (
        <ul className={css.dates} aria-label={t`Your own closed days`}>
          {dates.map((each) => (
            <li key={each} className={css.date}>
              {formatPlainDate(each)}
              <ActionIcon
                size="sm"
                aria-label={t`Remove ${formatPlainDate(each)}`}
                onClick={() => onChange(dates.filter((other) => other !== each))}
              >
                <IconX size={14} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A label that says when officers find nothing here. */
function Said({ children, value }: { children: ReactNode; value: string }) {
  return (
    <>
      {children}{' '}
      {!value.trim() && (
        <ToneBadge tone="warn">
          <Trans>Not given</Trans>
        </ToneBadge>
      )}
    </>
  )
}

export function PeopleSection({ form, set, problems }: SectionProps) {
  const { t } = useLingui()
  const wrong = problems.some(({ at }) => at === 'officerEmail')
  return (
    <Panel title={<Trans>Whom officers reach</Trans>}>
      <div className={css.fields}>
        <div className={css.row}>
          <TextInput
            id="nodal_officer_name"
            label={<Said value={form.officerName}>{t`Nodal officer`}</Said>}
            value={form.officerName}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => set({ officerName: event.currentTarget.value })}
          />
          <TextInput
            id="nodal_officer_phone"
            type="tel"
            label={<Said value={form.officerPhone}>{t`Phone`}</Said>}
            value={form.officerPhone}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => set({ officerPhone: event.currentTarget.value })}
          />
        </div>
        <TextInput
          id="nodal_officer_email"
          type="email"
          label={<Said value={form.officerEmail}>{t`E-mail`}</Said>}
          value={form.officerEmail}
          maxLength={254}
          autoComplete="off"
          error={wrong && t`Write it as name@place.in`}
          onChange={(event) => set({ officerEmail: event.currentTarget.value })}
        />
        <TextInput
          id="emergency_contact"
          label={<Said value={form.emergency}>{t`Emergency contact, day and night`}</Said>}
          value={form.emergency}
          maxLength={300}
          autoComplete="off"
          onChange={(event) => set({ emergency: event.currentTarget.value })}
        />
      </div>
    </Panel>
  )
}

export function CommitmentSection({ form, set }: SectionProps) {
  const { t } = useLingui()
  return (
    <Panel title={<Trans>What you stand for</Trans>}>
      <div className={css.fields}>
        <Textarea
          id="service_commitment"
          label={<Said value={form.commitment}>{t`Service commitment`}</Said>}
          description={t`A sentence or two that officers read first.`}
          value={form.commitment}
          minRows={2}
          maxRows={8}
          maxLength={4000}
          onChange={(event) => set({ commitment: event.currentTarget.value })}
        />
        <Checkbox
          label={t`Certified for quality or information security (ISO)`}
          checked={form.iso}
          onChange={(event) => set({ iso: event.currentTarget.checked })}
        />
        <Checkbox
          label={t`Certified for data security`}
          checked={form.dataSecurity}
          onChange={(event) => set({ dataSecurity: event.currentTarget.checked })}
        />
      </div>
    </Panel>
  )
}
