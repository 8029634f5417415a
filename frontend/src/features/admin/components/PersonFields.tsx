/** The fields of a person's account. */
import { useLingui } from '@lingui/react/macro'
import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { LANGUAGES, useTerm } from '~/i18n/index.ts'
import { type MissingPart, type PersonForm, ROLES_OF, type TenantType } from '../person-form.ts'
import { RANKS } from '../ranks.ts'
import css from './admin.module.css'

export const personFieldId = (name: string) => `person-${name}`

interface PersonFieldsProps {
  form: PersonForm
  onChange: (form: PersonForm) => void
  tenantType: TenantType
  /** A new account: the address can be given only then. */
  adding: boolean
  /** Role, rank and rights may be changed: nobody's own. */
  rights: boolean
}

export function PersonFields({ form, onChange, tenantType, adding, rights }: PersonFieldsProps) {
  const { t } = useLingui()
  const set = <Name extends keyof PersonForm>(name: Name, value: PersonForm[Name]) =>
    onChange({ ...form, [name]: value })
  const text = (name: 'badge_number' | 'unit' | 'phone', label: string, maxLength: number, autoComplete = 'off') => (
    <TextInput
      id={personFieldId(name)}
      label={label}
      maxLength={maxLength}
      autoComplete={autoComplete}
      type={name === 'phone' ? 'tel' : 'text'}
      value={form[name]}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  )
  return (
    <>
      <div className={css.pair}>
        <TextInput
          id={personFieldId('full_name')}
          data-autofocus
          label={t`Name`}
          required
          maxLength={200}
          autoComplete="off"
          value={form.full_name}
          onChange={(event) => set('full_name', event.currentTarget.value)}
        />
        <TextInput
          id={personFieldId('email')}
          label={t`E-mail`}
          type="email"
          required={adding}
          readOnly={!adding}
          description={adding ? undefined : t`The address never changes: it names the account.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          maxLength={320}
          value={form.email}
          onChange={(event) => set('email', event.currentTarget.value)}
        />
      </div>
      <Rights form={form} set={set} tenantType={tenantType} rights={rights} />
      <div className={css.pair}>
        {text('unit', t`Unit`, 200)}
        {text('badge_number', t`Badge number`, 50)}
      </div>
      <div className={css.pair}>
        {text('phone', t`Phone`, 30)}
        {adding && (
          <NativeSelect
            id={personFieldId('language')}
            label={t`Language`}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            value={form.language}
            onChange={(event) => set('language', event.currentTarget.value === 'hi' ? 'hi' : 'en')}
          />
        )}
      </div>
    </>
  )
}

interface RightsProps extends Pick<PersonFieldsProps, 'form' | 'tenantType' | 'rights'> {
  set: <Name extends keyof PersonForm>(name: Name, value: PersonForm[Name]) => void
}

function Rights({ form, set, tenantType, rights }: RightsProps) {
  const { t } = useLingui()
  const term = useTerm()
  const approver = form.role === 'APPROVER'
  return (
    <>
      <div className={css.pair}>
        <NativeSelect
          id={personFieldId('role')}
          label={t`Role`}
          disabled={!rights}
          description={rights ? undefined : t`Nobody changes their own role, rank or rights.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={ROLES_OF[tenantType].map((value) => ({ value, label: term('role', value) }))}
          value={form.role}
          onChange={(event) => set('role', event.currentTarget.value as PersonForm['role'])}
        />
        {tenantType === 'LAW_ENFORCEMENT' &&
          (approver ? (
            <NativeSelect
              id={personFieldId('rank')}
              label={t`Rank`}
              required
              disabled={!rights}
              description={t`It decides what they may approve.`}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              data={[{ value: '', label: t`Choose a rank` }, ...RANKS]}
              value={form.rank}
              onChange={(event) => set('rank', event.currentTarget.value)}
            />
          ) : (
            <TextInput
              id={personFieldId('rank')}
              label={t`Rank`}
              disabled={!rights}
              maxLength={20}
              value={form.rank}
              onChange={(event) => set('rank', event.currentTarget.value)}
            />
          ))}
      </div>
      {tenantType !== 'PLATFORM' && (
        <Checkbox
          id={personFieldId('is_tenant_admin')}
          label={t`Administers the organisation`}
          description={t`Adds and changes its people, its policy and its rules.`}
          disabled={!rights}
          checked={form.is_tenant_admin}
          onChange={(event) => set('is_tenant_admin', event.currentTarget.checked)}
        />
      )}
    </>
  )
}

/** What is missing, in words that lead to the field. */
export function useMissingWords(): (missing: readonly MissingPart[]) => { field: string; message: string }[] {
  const { t } = useLingui()
  const words: Record<MissingPart, string> = {
    full_name: t`Enter the name.`,
    email: t`Enter the e-mail address.`,
    rank: t`Choose the approver's rank: it decides what they may approve.`,
  }
  return (missing) => missing.map((name) => ({ field: personFieldId(name), message: words[name] }))
}
