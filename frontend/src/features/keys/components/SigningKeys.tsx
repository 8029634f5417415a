/** The section of the settings about signing keys. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import type { ServerKey, StoredKey } from '~/crypto/index.ts'
import { Dialog, EmptyState, ErrorState, Facts, Loading, Panel, Time } from '~/ui/index.ts'
import { useRevokeKey, useSigningKey } from '../queries.ts'
import { EnrolKey } from './EnrolKey.tsx'
import { KeyFingerprint } from './KeyFingerprint.tsx'
import { KeyHistory } from './KeyHistory.tsx'
import css from './keys.module.css'
import { RestoreKey } from './RestoreKey.tsx'

type Task = 'create' | 'replace' | 'restore' | null

export function SigningKeys() {
  const { key, known, pending, error, retry } = useSigningKey()
  const [task, setTask] = useState<Task>(null)
  const revoke = useRevokeKey()
  const close = () => setTask(null)
  // The new key signs from now on; the old one must not sign any more, and stays for checking what it signed.
  const replaced = (made: StoredKey) => {
    if (key && key.keyId !== made.keyId) revoke.mutate(key.keyId)
    close()
  }
  return (
    <>
      <Panel title={<Trans>Signing key of this browser</Trans>}>
        {pending ? (
          <Loading lines={4} />
        ) : error ? (
          <ErrorState error={error} retry={retry} />
        ) : key ? (
          <Current keyHere={key} label={labelOf(known, key)} onReplace={() => setTask('replace')} />
        ) : (
          <NoKey
            elsewhere={known.some((each) => !each.revoked_at)}
            onCreate={() => setTask('create')}
            onRestore={() => setTask('restore')}
          />
        )}
      </Panel>
      <KeyHistory known={known} here={key?.keyId ?? null} />
      <LostKey />
      <Tasks task={task} onClose={close} onMade={task === 'replace' ? replaced : close} />
    </>
  )
}

const labelOf = (known: readonly ServerKey[], key: StoredKey) => known.find(({ id }) => id === key.keyId)?.label

function Current({
  keyHere,
  label,
  onReplace,
}: {
  keyHere: StoredKey
  label: string | null | undefined
  onReplace: () => void
}) {
  const { t } = useLingui()
  return (
    <div className={css.stack}>
      <Facts
        rows={[
          [t`Name`, label],
          [t`Created`, <Time key="at" at={keyHere.createdAt} style="datetime" />],
          [t`Kind`, keyHere.algorithm],
          [t`Fingerprint`, <KeyFingerprint key="mark" fingerprint={keyHere.fingerprint} />],
        ]}
      />
      <div className={css.actions}>
        <Button variant="default" onClick={onReplace}>
          <Trans>Replace by a new key</Trans>
        </Button>
      </div>
    </div>
  )
}

function NoKey({
  elsewhere,
  onCreate,
  onRestore,
}: {
  elsewhere: boolean
  onCreate: () => void
  onRestore: () => void
}) {
  return (
    <EmptyState
      icon={<IconKey size={22} stroke={1.6} />}
      title={<Trans>There is no signing key in this browser</Trans>}
      action={
        <div className={css.actions}>
          <Button onClick={onCreate}>
            <Trans>Create a signing key</Trans>
          </Button>
          {elsewhere && (
            <Button variant="default" onClick={onRestore}>
              <Trans>Restore from a backup</Trans>
            </Button>
          )}
        </div>
      }
    >
      {elsewhere ? (
        <Trans>You have a key in another browser. Bring it here from its backup, or create a second one.</Trans>
      ) : (
        <Trans>Create one to put your own signature under approvals and responses. It takes half a minute.</Trans>
      )}
    </EmptyState>
  )
}

function LostKey() {
  return (
    <Panel title={<Trans>When a key is lost</Trans>}>
      <ul className={css.facts}>
        <li>
          <Trans>Everything that you have signed stays signed, and can be checked for ever.</Trans>
        </li>
        <li>
          <Trans>You only cannot sign anything new with that key. Create a new one; nothing else changes.</Trans>
        </li>
        <li>
          <Trans>
            If somebody else may have the key or its backup and passphrase, revoke it at once. What is signed with it
            afterwards is refused.
          </Trans>
        </li>
      </ul>
    </Panel>
  )
}

function Tasks({ task, onClose, onMade }: { task: Task; onClose: () => void; onMade: (key: StoredKey) => void }) {
  const { t } = useLingui()
  const titles = {
    create: t`Create a signing key`,
    replace: t`Replace the signing key`,
    restore: t`Restore from a backup`,
  }
  return (
    <Dialog
      opened={task !== null}
      onClose={onClose}
      title={task ? titles[task] : ''}
      size="lg"
      closeOnClickOutside={false}
    >
      {task === 'restore' && <RestoreKey onDone={onMade} onCancel={onClose} />}
      {(task === 'create' || task === 'replace') && <EnrolKey onDone={onMade} onCancel={onClose} />}
    </Dialog>
  )
}
