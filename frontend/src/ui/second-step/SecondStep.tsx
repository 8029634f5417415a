/** The second step of a sign-in: the password was right, and a code is asked. Loaded when it is. */
import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { type SignIn, signIn } from '~/auth/index.ts'
import { ErrorSummary } from '../Forms.tsx'
import { SignInProblem } from '../shell/SignInProblem.tsx'
import { ClockHint, HINT_AFTER } from './ClockHint.tsx'
import { CodeField, NO_CODE } from './CodeField.tsx'
import css from './second-step.module.css'

interface SecondStepProps {
  /** What the first step asked. */
  given: SignIn
  onBack: () => void
}

export default function SecondStep({ given, onBack }: SecondStepProps) {
  const [code, setCode] = useState(NO_CODE)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const field = useRef<HTMLInputElement>(null)
  // The field has the focus at once, and again after a wrong code: what was wrong is read out as well.
  useEffect(() => {
    if (!busy) field.current?.focus()
  }, [busy])

  const send = async (text: string) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await signIn({ ...given, totp_code: text.trim() })
    } catch (problem) {
      if (isProblem(problem, 'invalid_credentials')) setWrong((before) => before + 1)
      // A code is good once, so what was refused is of no use; after a broken connection it may be.
      if (!isProblem(problem) || !problem.retryable) setCode((before) => ({ ...before, text: '' }))
      setError(problem)
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // In the dialog of an ended session the form stands inside a screen's form in React's tree.
    event.stopPropagation()
    void send(code.text)
  }
  const refused = isProblem(error, 'invalid_credentials')
  return (
    <form className={css.form} onSubmit={submit}>
      <p className={css.lead}>
        <Trans>
          The password of <strong>{given.email}</strong> is right. One more step: the code that changes every half
          minute.
        </Trans>
      </p>
      <ErrorSummary
        focus={false}
        problems={error ? [{ field: 'code', message: reasonOf(error, code.recovery) }] : []}
      />
      {refused && wrong >= HINT_AFTER && !code.recovery && <ClockHint />}
      <input type="hidden" autoComplete="username" value={given.email} readOnly />
      <CodeField
        id="code"
        ref={field}
        code={code}
        onChange={(next) => {
          // What was wrong with the one kind says nothing of the other.
          if (next.recovery !== code.recovery) setError(null)
          setCode(next)
        }}
        onWhole={(digits) => void send(digits)}
        wrong={refused}
      />
      <Button type="submit" loading={busy} fullWidth size="md">
        <Trans>Sign in</Trans>
      </Button>
      <Button variant="subtle" fullWidth onClick={onBack} disabled={busy}>
        <Trans>Back to e-mail and password</Trans>
      </Button>
    </form>
  )
}

function reasonOf(error: unknown, recovery: boolean) {
  if (!isProblem(error, 'invalid_credentials')) return <SignInProblem error={error} />
  return recovery ? (
    <Trans>This recovery code is not right, or it was used before; or the account is locked for a while.</Trans>
  ) : (
    <Trans>This code is not right, or it was used already; or the account is locked for a while.</Trans>
  )
}
