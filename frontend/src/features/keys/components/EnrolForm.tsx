/** First step of the key wizard: a name for the key, and how it is kept. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, Radio, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { type BackupFile, MIN_PASSPHRASE, makeSigningKey, type StoredKey } from '~/crypto/index.ts'
import { ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { deviceLabel } from '../device-label.ts'
import { type PassphraseFault, passphraseFault } from '../passphrase.ts'
import css from './keys.module.css'

interface EnrolFormProps {
  onMade: (made: { key: StoredKey; backup: BackupFile | null }) => void
  onCancel?: () => void
}

export function EnrolForm({ onMade, onCancel }: EnrolFormProps) {
  const { t } = useLingui()
  const me = useMe()
  const [label, setLabel] = useState(() => deviceLabel(navigator.userAgent))
  const [withBackup, setWithBackup] = useState(true)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const explain = useFaultWords()

  const make = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const fault = withBackup ? passphraseFault(passphrase, again, [...me.name.split(' '), me.email]) : null
    if (fault) return setProblems([explain(fault)])
    setBusy(true)
    try {
      const owner = { id: me.id, name: me.name, email: me.email }
      onMade(
        await makeSigningKey({
          owner,
          label: label.trim() || t`Signing key`,
          passphrase: withBackup ? passphrase : undefined,
        }),
      )
    } catch (error) {
      setProblems(problemsOf(error, (name) => (name === 'label' ? 'enrol-label' : undefined)))
      setBusy(false)
    }
  }
  return (
    <form className={css.stack} onSubmit={(event) => void make(event)}>
      <p className={css.lead}>
        <Trans>
          With a signing key you put your own signature under a decision. The key is made in this browser and stays in
          it: LERS learns only the public part, with which everybody can check your signature.
        </Trans>
      </p>
      <ErrorSummary problems={problems} />
      <div className={css.fields}>
        <TextInput
          id="enrol-label"
          label={t`Name of the key`}
          description={t`So that you know it again in the list.`}
          maxLength={100}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <BackupChoice value={withBackup} onChange={setWithBackup} />
        {withBackup && (
          <Passphrase passphrase={passphrase} again={again} onPassphrase={setPassphrase} onAgain={setAgain} />
        )}
      </div>
      <div className={css.actions}>
        <Button type="submit" loading={busy}>
          <Trans>Create the key</Trans>
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

function BackupChoice({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const { t } = useLingui()
  return (
    <fieldset className={css.choice}>
      <legend>
        <Trans>Backup</Trans>
      </legend>
      <Radio
        name="enrol-backup"
        checked={value}
        onChange={() => onChange(true)}
        label={t`Make a backup file under a passphrase`}
        description={t`Use the same key on another computer, or after this one is replaced.`}
      />
      <Radio
        name="enrol-backup"
        checked={!value}
        onChange={() => onChange(false)}
        label={t`No backup`}
        description={t`When the browser's data is cleared, the key is gone. You then create a new one.`}
      />
    </fieldset>
  )
}

interface PassphraseProps {
  passphrase: string
  again: string
  onPassphrase: (value: string) => void
  onAgain: (value: string) => void
}

function Passphrase({ passphrase, again, onPassphrase, onAgain }: PassphraseProps) {
  const { t } = useLingui()
  return (
    <>
      <PasswordInput
        id="enrol-passphrase"
        label={t`Passphrase`}
        description={t`At least ${MIN_PASSPHRASE} characters. Nobody can recover it: four or five words are easy to keep in mind.`}
        autoComplete="new-password"
        required
        value={passphrase}
        onChange={(event) => onPassphrase(event.currentTarget.value)}
      />
      <PasswordInput
        id="enrol-again"
        label={t`Passphrase, once more`}
        autoComplete="new-password"
        required
        value={again}
        onChange={(event) => onAgain(event.currentTarget.value)}
      />
    </>
  )
}

function useFaultWords(): (fault: PassphraseFault) => FieldProblem {
  const { t } = useLingui()
  const words: Record<PassphraseFault, FieldProblem> = {
    short: { field: 'enrol-passphrase', message: t`Give the passphrase at least ${MIN_PASSPHRASE} characters.` },
    plain: { field: 'enrol-passphrase', message: t`Use more than a few different characters in the passphrase.` },
    own: { field: 'enrol-passphrase', message: t`Leave your name and e-mail address out of the passphrase.` },
    differs: { field: 'enrol-again', message: t`Both passphrases must be the same.` },
  }
  return (fault) => words[fault]
}
