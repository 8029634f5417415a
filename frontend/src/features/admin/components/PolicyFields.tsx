/** How strict an organisation is: each rule with what it means. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Radio, Switch } from '@mantine/core'
import type { Policy, PolicyName } from '../tenant-form.ts'
import { POLICIES, SIGNATURE_LEVELS } from '../words.ts'
import css from './admin.module.css'

interface PolicyFieldsProps {
  policy: Policy
  onChange: (policy: Policy) => void
  /** The rules that mean something for this kind of organisation. */
  type: string
  disabled?: boolean
}

const AGENCY_ONLY: readonly PolicyName[] = ['auto_submit', 'break_glass_two_person']

export function PolicyFields({ policy, onChange, type, disabled }: PolicyFieldsProps) {
  const { i18n } = useLingui()
  const toggle = (name: Exclude<PolicyName, 'signature_level'>) =>
    (type === 'LAW_ENFORCEMENT' || !AGENCY_ONLY.includes(name)) && (
      <Switch
        key={name}
        label={i18n._(POLICIES[name].label)}
        description={i18n._(POLICIES[name].meaning)}
        disabled={disabled}
        checked={policy[name]}
        onChange={(event) => onChange({ ...policy, [name]: event.currentTarget.checked })}
      />
    )
  return (
    <div className={css.policies}>
      {toggle('auto_submit')}
      {type !== 'PLATFORM' && (
        <Radio.Group
          label={i18n._(POLICIES.signature_level.label)}
          description={i18n._(POLICIES.signature_level.meaning)}
          value={String(policy.signature_level)}
          onChange={(value) => onChange({ ...policy, signature_level: Number(value) })}
        >
          <div className={css.choices}>
            {SIGNATURE_LEVELS.map(({ value, label, meaning }) => (
              <Radio
                key={value}
                value={String(value)}
                label={i18n._(label)}
                description={i18n._(meaning)}
                disabled={disabled}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {toggle('break_glass_two_person')}
      {toggle('mfa_required')}
      {type !== 'PLATFORM' && toggle('e2e_chat')}
      {disabled && (
        <p className={css.dim}>
          <Trans>You may read these rules, not change them.</Trans>
        </p>
      )}
    </div>
  )
}
