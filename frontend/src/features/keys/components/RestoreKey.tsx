/** Brings a key from its backup into this browser. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMe } from '~/auth/index.ts'
import { type BackupFile, restoreSigningKey, type StoredKey } from '~/crypto/index.ts'
import { useKeysChanged, useSigningKey } from '../queries.ts'
import { BackupPicker } from './BackupPicker.tsx'
import css from './keys.module.css'

interface RestoreKeyProps {
  onDone: (key: StoredKey) => void
  onCancel?: () => void
}

export function RestoreKey({ onDone, onCancel }: RestoreKeyProps) {
  const { t } = useLingui()
  const me = useMe()
  const { known } = useSigningKey()
  const changed = useKeysChanged()
  const registered = (backup: BackupFile) =>
    known.find(({ fingerprint, use }) => use === 'SIGNING' && fingerprint === backup.fingerprint)
  const refuse = (backup: BackupFile): string | null => {
    if (backup.owner.id !== me.id) return t`This backup belongs to ${backup.owner.name}, not to you.`
    const key = registered(backup)
    if (!key) return t`LERS does not know this key. Create a new one.`
    return key.revoked_at ? t`This key has been revoked. A revoked key does not come back: create a new one.` : null
  }
  const restore = async (backup: BackupFile, passphrase: string) => {
    const server = registered(backup)
    if (!server) return
    const key = await restoreSigningKey(backup, passphrase, server, me.id)
    await changed()
    onDone(key)
  }
  return (
    <div className={css.stack}>
      <p className={css.lead}>
        <Trans>
          The file and its passphrase put your key into this browser. A test signature proves that it is the right one.
        </Trans>
      </p>
      <BackupPicker
        id="restore"
        submit={<Trans>Restore the key</Trans>}
        refuse={refuse}
        onSubmit={restore}
        onCancel={onCancel}
      />
    </div>
  )
}
