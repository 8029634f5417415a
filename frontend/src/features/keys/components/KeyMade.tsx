/** Last steps of the key wizard: the fingerprint, the backup, and a trial of the backup. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDownload, IconShieldCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { saveBlob } from '~/api/index.ts'
import { type BackupFile, backupText, openBackup } from '~/crypto/index.ts'
import { BackupPicker } from './BackupPicker.tsx'
import { KeyFingerprint } from './KeyFingerprint.tsx'
import css from './keys.module.css'

interface KeyMadeProps {
  fingerprint: string
  backup: BackupFile | null
  onDone: () => void
}

export function KeyMade({ fingerprint, backup, onDone }: KeyMadeProps) {
  const heading = useRef<HTMLParagraphElement>(null)
  const [saved, setSaved] = useState(backup === null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={css.stack}>
      <p ref={heading} tabIndex={-1} className={clsx(css.note, css.good)}>
        <Trans>Your signing key is ready in this browser, and LERS knows its public part.</Trans>
      </p>
      <p className={css.lead}>
        <Trans>
          This is its fingerprint. It stands under every signature of yours; anybody can ask you to read out the words.
        </Trans>
      </p>
      <KeyFingerprint fingerprint={fingerprint} />
      {backup && <Backup backup={backup} saved={saved} onSaved={() => setSaved(true)} />}
      <div className={css.actions}>
        <Button onClick={onDone} disabled={!saved}>
          <Trans>Done</Trans>
        </Button>
        {!saved && (
          <span className={css.lead}>
            <Trans>Save the backup first: there is no second chance.</Trans>
          </span>
        )}
      </div>
    </div>
  )
}

function Backup({ backup, saved, onSaved }: { backup: BackupFile; saved: boolean; onSaved: () => void }) {
  const save = () => {
    const name = `lers-signing-key-${backup.fingerprint.slice(0, 8)}.json`
    saveBlob(new Blob([backupText(backup)], { type: 'application/json' }), name)
    onSaved()
  }
  return (
    <>
      <div className={css.actions}>
        <Button variant={saved ? 'default' : 'filled'} leftSection={<IconDownload size={16} />} onClick={save}>
          {saved ? <Trans>Save the backup again</Trans> : <Trans>Save the backup</Trans>}
        </Button>
      </div>
      {saved && <Trial fingerprint={backup.fingerprint} />}
    </>
  )
}

/** A backup that was never tried is a hope. */
function Trial({ fingerprint }: { fingerprint: string }) {
  const { t } = useLingui()
  const [state, setState] = useState<'closed' | 'open' | 'good'>('closed')
  if (state === 'good') {
    return (
      <p className={clsx(css.note, css.good)} role="status">
        <Trans>
          The backup works: its key made a test signature that fits. Keep the file where only you can reach it.
        </Trans>
      </p>
    )
  }
  if (state === 'closed') {
    return (
      <div className={css.actions}>
        <Button variant="default" leftSection={<IconShieldCheck size={16} />} onClick={() => setState('open')}>
          <Trans>Try the backup now</Trans>
        </Button>
      </div>
    )
  }
  return (
    <BackupPicker
      id="trial"
      submit={<Trans>Try it</Trans>}
      refuse={(file) => (file.fingerprint === fingerprint ? null : t`This is the backup of another key.`)}
      onSubmit={async (file, passphrase) => {
        await openBackup(file, passphrase)
        setState('good')
      }}
      onCancel={() => setState('closed')}
    />
  )
}
