/** Keep the filters and the order of a list under a name. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import css from './list.module.css'

interface SaveViewProps {
  open: boolean
  onClose: () => void
  save: (name: string) => Promise<unknown>
  error: unknown
  busy: boolean
}

const LONGEST_NAME = 40

export default function SaveView({ open, onClose, save, error, busy }: SaveViewProps) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    // A refusal stands above the field, in `error`.
    await save(name.trim()).then(
      () => {
        setName('')
        onClose()
      },
      () => undefined,
    )
  }
  return (
    <Dialog opened={open} onClose={onClose} title={t`Save as a view`}>
      <form onSubmit={(event) => void submit(event)} className={css.identifierForm}>
        <ErrorSummary problems={problemsOf(error, () => 'view-name')} />
        <TextInput
          id="view-name"
          data-autofocus
          label={t`Name`}
          description={t`The filters and the order, under a name of your own. Only you see it, on every device.`}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css.end}>
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
