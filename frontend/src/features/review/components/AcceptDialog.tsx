/** Accepting: what was verified is what is accepted. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconHourglass, IconShieldCheck } from '@tabler/icons-react'
import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import { type LersResponse, type Rating, useAccept } from '../queries.ts'
import type { Verification } from '../use-verification.ts'
import css from './dialog.module.css'
import { NO_RATING, RatingFields } from './RatingFields.tsx'
import tones from './tones.module.css'

interface AcceptDialogProps {
  response: LersResponse
  verification: Verification
  opened: boolean
  onClose: () => void
  onAccepted: () => void
}

export function AcceptDialog({ opened, onClose, response, ...rest }: AcceptDialogProps) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Accept ${response.response_number}`} size="lg">
      <AcceptForm response={response} onClose={onClose} {...rest} />
    </Dialog>
  )
}

function AcceptForm({ response, verification, onClose, onAccepted }: Omit<AcceptDialogProps, 'opened'>) {
  const { t } = useLingui()
  const accept = useAccept()
  const [rating, setRating] = useState<Rating>(NO_RATING)
  const { full, running, start, judgement } = verification
  const begun = useRef(false)
  useEffect(() => {
    // Nobody accepts bytes that were not read: the check runs while the dialog is read.
    if (begun.current || full || running) return
    begun.current = true
    start()
  }, [full, running, start])
  const settled = !running && judgement !== 'light' && judgement !== 'waiting'
  const submit = () => {
    if (!settled || judgement === 'bad') return
    accept.mutate({ response, rating: rating.score > 0 ? rating : null }, { onSuccess: onAccepted })
  }
  useKeys({ 'Ctrl+Enter': { run: submit, label: t`Accept` } }, { scope: t`Response`, modal: true })
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <p className={css.sentence}>
        <Trans>
          You take the response as the answer. A receipt with all hashes is made for the case file. Should a flaw come
          to light later, you can still reject it.
        </Trans>
      </p>
      <ErrorSummary problems={problemsOf(accept.error)} />
      <CheckState verification={verification} />
      <RatingFields value={rating} onChange={setRating} clearable />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
        <Button type="submit" loading={accept.isPending} disabled={!settled || judgement === 'bad'}>
          <Trans>Accept</Trans>
        </Button>
      </div>
    </form>
  )
}

function CheckState({ verification: { judgement, running, reading } }: { verification: Verification }) {
  const icon =
    judgement === 'whole' ? <IconShieldCheck size={18} aria-hidden /> : <IconAlertTriangle size={18} aria-hidden />
  if (running || judgement === 'light' || judgement === 'waiting') {
    return (
      <p className={css.notice} role="status">
        <IconHourglass size={18} aria-hidden />
        <span>
          {reading ? (
            <Trans>Reading {reading.file.name} again, to compare it with the manifest…</Trans>
          ) : (
            <Trans>The files are being read again and compared with the manifest…</Trans>
          )}
        </span>
      </p>
    )
  }
  return (
    <p className={clsx(css.notice, tones[judgement])} role="status">
      {icon}
      <span>
        {judgement === 'whole' && (
          <Trans>Verified: this browser and the server found every byte as it was sealed.</Trans>
        )}
        {judgement === 'unsure' && (
          <Trans>Not everything could be checked. Close this and see which step is open before you accept.</Trans>
        )}
        {judgement === 'bad' && <Trans>It is not what was sent. It cannot be accepted: reject it instead.</Trans>}
      </span>
    </p>
  )
}
