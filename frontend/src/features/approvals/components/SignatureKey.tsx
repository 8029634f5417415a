/** With which key is signed; or that there is none, and what this means. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconKey, IconRubberStamp } from '@tabler/icons-react'
import { useState } from 'react'
import { fingerprintShort } from '~/crypto/index.ts'
import { EnrolKey, KeyFingerprint, RestoreKey, useSigningKey } from '~/features/keys/index.ts'
import type { Signing } from '../use-signing.ts'
import css from './sign.module.css'

export function SignatureKey({ signing }: { signing: Signing }) {
  const { key } = signing
  return (
    <section className={css.keyBox} aria-labelledby="key-title">
      <h3 id="key-title" className={css.heading}>
        <Trans>Your key</Trans>
      </h3>
      {key ? (
        <>
          <p className={css.keyLine}>
            <IconKey size={16} aria-hidden />
            <code>{fingerprintShort(key.fingerprint)}</code>
          </p>
          <KeyFingerprint fingerprint={key.fingerprint} short />
        </>
      ) : (
        <NoKey required={signing.keyRequired} />
      )}
    </section>
  )
}

function NoKey({ required }: { required: boolean }) {
  const { t } = useLingui()
  const { known } = useSigningKey()
  const [task, setTask] = useState<'create' | 'restore' | null>(null)
  const close = () => setTask(null)
  if (task === 'create') return <EnrolKey onDone={close} onCancel={close} />
  if (task === 'restore') return <RestoreKey onDone={close} onCancel={close} />
  return (
    <>
      <p className={required ? css.warn : css.keyLine}>
        {!required && <IconRubberStamp size={16} aria-hidden />}
        {required ? (
          <Trans>
            Your unit wants a personal signature under each approval, and there is no signing key in this browser.
          </Trans>
        ) : (
          <Trans>
            There is no signing key in this browser. Your unit allows to approve without one: then only the server's
            seal stands under your approval, not your own signature.
          </Trans>
        )}
      </p>
      <div className={css.row}>
        <Button size="xs" variant={required ? 'filled' : 'default'} onClick={() => setTask('create')}>
          {t`Create a signing key`}
        </Button>
        {known.some((each) => !each.revoked_at) && (
          <Button size="xs" variant="default" onClick={() => setTask('restore')}>
            {t`Restore from a backup`}
          </Button>
        )}
      </div>
    </>
  )
}
