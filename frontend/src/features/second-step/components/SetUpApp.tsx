/** Setting up an authenticator app: its picture and key, and the first code that proves that it works. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button } from '@mantine/core'
import { IconClockX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { inGroups } from '~/domain/one-time-code.ts'
import { formatTime } from '~/i18n/index.ts'
import { CopyText, ErrorSummary, problemsOf, useNow } from '~/ui/index.ts'
import { ClockHint, HINT_AFTER } from '~/ui/second-step/ClockHint.tsx'
import { CodeField, NO_CODE } from '~/ui/second-step/CodeField.tsx'
import { type Enrolment, useConfirm } from '../queries.ts'
import { QrCode } from './QrCode.tsx'
import css from './second-step.module.css'

interface SetUpAppProps {
  enrolment: Enrolment
  onConfirmed: (recoveryCodes: readonly string[]) => void
  /** Ask for a new key. */
  onAgain: () => void
  busyAgain: boolean
}

const FIELD = 'first-code'

export function SetUpApp({ enrolment, onConfirmed, onAgain, busyAgain }: SetUpAppProps) {
  const [code, setCode] = useState(NO_CODE)
  const [wrong, setWrong] = useState(0)
  const confirm = useConfirm()
  const late = useNow() >= Date.parse(enrolment.expires_at)
  if (late || isProblem(confirm.error, 'mfa_not_pending')) return <TooLate onAgain={onAgain} busy={busyAgain} />

  const send = (text: string) => {
    if (confirm.isPending) return
    confirm.mutate(text, {
      onSuccess: onConfirmed,
      onError: (problem) => {
        if (!isProblem(problem) || problem.retryable) return
        setWrong((before) => before + 1)
        setCode(NO_CODE)
        document.getElementById(FIELD)?.focus()
      },
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    send(code.text)
  }
  return (
    <form className={css.stack} onSubmit={submit}>
      <Scan enrolment={enrolment} />
      <section className={css.step}>
        <h3 className={css.stepTitle}>
          <Trans>2. Type the code that the app shows now</Trans>
        </h3>
        <ErrorSummary focus={false} problems={problemsOfCode(confirm.error)} />
        {wrong >= HINT_AFTER && <ClockHint />}
        <div className={css.first}>
          <CodeField
            id={FIELD}
            code={code}
            onChange={setCode}
            onWhole={send}
            recoverable={false}
            wrong={isProblem(confirm.error, 'mfa_code_invalid')}
          />
          <Button type="submit" loading={confirm.isPending} className={css.confirm}>
            <Trans>Confirm the app</Trans>
          </Button>
        </div>
      </section>
    </form>
  )
}

function problemsOfCode(error: unknown) {
  if (!isProblem(error, 'mfa_code_invalid')) return error ? problemsOf(error, () => FIELD) : []
  return [{ field: FIELD, message: <Trans>This is not the code that the app shows now. Type the next one.</Trans> }]
}

function Scan({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useLingui()
  return (
    <section className={css.step}>
      <h3 className={css.stepTitle}>
        <Trans>1. Add LERS to an authenticator app on your phone</Trans>
      </h3>
      <div className={css.scan}>
        <QrCode rows={enrolment.qr} />
        <div className={css.stack}>
          <p className={css.text}>
            <Trans>
              Scan the picture with any authenticator app, such as Google Authenticator, Microsoft Authenticator or
              Aegis.
            </Trans>
          </p>
          <p className={css.text}>
            <Trans>No camera at hand? Type this key into the app, time-based, six digits:</Trans>
          </p>
          <p className={css.key}>
            <CopyText value={enrolment.secret} label={inGroups(enrolment.secret)} />
          </p>
          <p className={css.onPhone}>
            <a href={enrolment.otpauth_uri}>{t`Open the app on this phone`}</a>
          </p>
          <p className={css.dim}>
            <Trans>
              Show neither to anybody. Both are good until {formatTime(enrolment.expires_at)}, and are not shown again.
            </Trans>
          </p>
        </div>
      </div>
    </section>
  )
}

function TooLate({ onAgain, busy }: { onAgain: () => void; busy: boolean }) {
  return (
    <Alert color="yellow" icon={<IconClockX size={18} />} role="status" title={<Trans>The ten minutes are over</Trans>}>
      <div className={css.stack}>
        <p className={css.text}>
          <Trans>Nothing has changed. Remove the entry LERS from the app if you added it, and begin anew.</Trans>
        </p>
        <div>
          <Button onClick={onAgain} loading={busy}>
            <Trans>Begin anew</Trans>
          </Button>
        </div>
      </div>
    </Alert>
  )
}
