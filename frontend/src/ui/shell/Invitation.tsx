/** Where an invitation's link leads: the invited person sets a first password. The token stands behind `#`, so no log has it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { api, call } from '~/api/index.ts'
import { ErrorSummary, problemsOf } from '../Forms.tsx'
import css from './signin.module.css'

const tokenOf = (hash: string): string => new URLSearchParams(hash.replace(/^#/, '')).get('token') ?? ''

export default function Invitation() {
  const { t } = useLingui()
  const [token] = useState(() => tokenOf(globalThis.location.hash))
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [email, setEmail] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    document.title = `${t`Invitation`} – LERS`
  }, [t])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (password !== again) {
      setError(t`The two passwords differ.`)
      return
    }
    setBusy(true)
    setError(null)
    try {
      setEmail((await call(api.POST('/api/v1/auth/invitations/accept/', { body: { token, password } }))).email)
    } catch (problem) {
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className={css.main}>
      <div className={css.box}>
        <h1 className={css.title}>
          <Trans>Welcome to LERS</Trans>
        </h1>
        {email ? (
          <>
            <p className={css.lead} role="status">
              <Trans>The password of {email} is set. You can sign in now.</Trans>
            </p>
            <Button component="a" href="./">
              <Trans>Sign in</Trans>
            </Button>
          </>
        ) : (
          <form className={css.form} onSubmit={(event) => void submit(event)}>
            <p className={css.lead}>
              <Trans>
                Choose a password of at least 12 characters: a few words that do not belong together are good.
              </Trans>
            </p>
            <ErrorSummary
              problems={error ? problemsOf(error, (name) => (name === 'password' ? 'new-password' : undefined)) : []}
            />
            <PasswordInput
              id="new-password"
              label={t`New password`}
              autoComplete="new-password"
              required
              minLength={12}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <PasswordInput
              id="again"
              label={t`The same again`}
              autoComplete="new-password"
              required
              value={again}
              onChange={(event) => setAgain(event.currentTarget.value)}
            />
            <Button type="submit" loading={busy} disabled={!token}>
              <Trans>Set the password</Trans>
            </Button>
            {!token && (
              <p className={css.lead}>
                <Trans>The link is not whole: copy it from the mail once more, up to its end.</Trans>
              </p>
            )}
            <Anchor href="./" size="sm">
              <Trans>To the sign-in</Trans>
            </Anchor>
          </form>
        )}
      </div>
    </main>
  )
}
