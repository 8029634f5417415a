/** Picks a backup file and asks for its passphrase; what is done with both is the caller's. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, FileButton, PasswordInput } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { BackupError, type BackupFault, type BackupFile, readBackup } from '~/crypto/index.ts'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import css from './keys.module.css'

interface BackupPickerProps {
  /** Prefix of the fields' ids: two pickers may stand on one page. */
  id: string
  submit: ReactNode
  /** Why a readable backup is of no use here; null when it may be opened. */
  refuse?: (backup: BackupFile) => string | null
  onSubmit: (backup: BackupFile, passphrase: string) => Promise<void>
  onCancel?: () => void
}

export function BackupPicker({ id, submit, refuse, onSubmit, onCancel }: BackupPickerProps) {
  const { t } = useLingui()
  const [file, setFile] = useState<File | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const explain = useBackupFault(id)

  const open = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!file) return setProblems([{ field: `${id}-file`, message: t`Choose the backup file.` }])
    setBusy(true)
    try {
      const backup = readBackup(await file.text())
      const refused = refuse?.(backup)
      if (refused) setProblems([{ field: `${id}-file`, message: refused }])
      else await onSubmit(backup, passphrase)
    } catch (error) {
      setProblems(error instanceof BackupError ? [explain(error.fault)] : problemsOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={css.stack} onSubmit={(event) => void open(event)}>
      <ErrorSummary problems={problems} />
      <div className={css.fields}>
        <div className={css.file}>
          <FileButton onChange={setFile} accept=".json,.lerskey,application/json">
            {(props) => (
              <Button {...props} id={`${id}-file`} variant="default" leftSection={<IconFileUpload size={16} />}>
                <Trans>Choose the backup file</Trans>
              </Button>
            )}
          </FileButton>
          <span role="status">{file?.name}</span>
        </div>
        <PasswordInput
          id={`${id}-passphrase`}
          label={t`Passphrase of the backup`}
          autoComplete="off"
          required
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      </div>
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            <Trans>Cancel</Trans>
          </Button>
        )}
      </div>
    </form>
  )
}

function useBackupFault(id: string): (fault: BackupFault) => FieldProblem {
  const { t } = useLingui()
  const words: Record<BackupFault, FieldProblem> = {
    not_a_backup: { field: `${id}-file`, message: t`This file is not a backup of a LERS signing key.` },
    wrong_passphrase: {
      field: `${id}-passphrase`,
      message: t`The passphrase does not open this file, or the file was changed.`,
    },
    damaged: { field: `${id}-file`, message: t`The key in this file does not fit its own fingerprint. Do not use it.` },
  }
  return (fault) => words[fault]
}
