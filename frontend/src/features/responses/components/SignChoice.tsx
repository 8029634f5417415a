/** With which key is signed; or that there is none, and what this means. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import { EnrolKey, KeyFingerprint, RestoreKey, useSigningKey } from '~/features/keys/index.ts'
import type { Check } from '../use-check.ts'
import css from './respond.module.css'

interface SignChoiceProps {
  check: Check
  signed: boolean
  onSigned: (signed: boolean) => void
}

export function SignChoice({ check, signed, onSigned }: SignChoiceProps) {
  const { t } = useLingui()
  const { key, keyRequired } = check
  if (!key) return <NoKey required={keyRequired} />
  if (keyRequired) {
    return (
      <div className={css.stackSmall}>
        <p className={css.sentence}>
          <Trans>You sign the manifest with your key. Your company wants this for every response.</Trans>
        </p>
        <KeyFingerprint fingerprint={key.fingerprint} short />
      </div>
    )
  }
  return (
    <Radio.Group
      aria-label={t`Signature`}
      value={signed ? 'signed' : 'sealed'}
      onChange={(value) => onSigned(value === 'signed')}
    >
      <div className={css.radios}>
        <Radio
          value="signed"
          label={t`Sign with my key, and seal`}
          description={t`Anybody can check that it was you who answered.`}
        />
        {signed && <KeyFingerprint fingerprint={key.fingerprint} short />}
        <Radio
          value="sealed"
          label={t`Send with the seal of LERS only`}
          description={t`The seal proves when it came and that it was not changed since.`}
        />
      </div>
    </Radio.Group>
  )
}

function NoKey({ required }: { required: boolean }) {
  const { known } = useSigningKey()
  const [task, setTask] = useState<'create' | 'restore' | null>(null)
  const close = () => setTask(null)
  if (task === 'create') return <EnrolKey onDone={close} onCancel={close} />
  if (task === 'restore') return <RestoreKey onDone={close} onCancel={close} />
  return (
    <div className={css.stackSmall}>
      <p className={required ? css.warn : css.sentence}>
        {required ? (
          <Trans>
            Your company wants a personal signature under each response, and there is no signing key in this browser.
          </Trans>
        ) : (
          <Trans>
            There is no signing key in this browser. You can send without one: LERS seals the manifest, which proves
            when it came and that it was not changed since.
          </Trans>
        )}
      </p>
      <div className={css.row}>
        <Button size="xs" variant={required ? 'filled' : 'default'} onClick={() => setTask('create')}>
          <Trans>Create a signing key</Trans>
        </Button>
        {known.some((each) => !each.revoked_at) && (
          <Button size="xs" variant="default" onClick={() => setTask('restore')}>
            <Trans>Restore from a backup</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}
