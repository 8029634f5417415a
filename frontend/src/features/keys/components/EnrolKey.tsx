/** The key wizard: create, take the backup, try it. It stands in a dialog or in the middle of another task. */
import { useEffect, useRef, useState } from 'react'
import type { BackupFile, StoredKey } from '~/crypto/index.ts'
import { useKeysChanged } from '../queries.ts'
import { EnrolForm } from './EnrolForm.tsx'
import { KeyMade } from './KeyMade.tsx'

interface EnrolKeyProps {
  /** The key is in this browser and registered, and its owner has seen to the backup. */
  onDone: (key: StoredKey) => void
  onCancel?: () => void
}

interface Made {
  key: StoredKey
  backup: BackupFile | null
}

export function EnrolKey({ onDone, onCancel }: EnrolKeyProps) {
  const [made, setMade] = useState<Made | null>(null)
  const changed = useKeysChanged()
  const told = useRef(changed)
  told.current = changed
  // Whoever closes the dialog before its end has a key all the same.
  useEffect(() => (made ? () => void told.current() : undefined), [made])
  if (!made) return <EnrolForm onMade={setMade} onCancel={onCancel} />
  const finish = async () => {
    // Only now: the caller would go on to sign as soon as it sees a key, over the backup that is not saved yet.
    await changed()
    onDone(made.key)
  }
  return <KeyMade fingerprint={made.key.fingerprint} backup={made.backup} onDone={() => void finish()} />
}
