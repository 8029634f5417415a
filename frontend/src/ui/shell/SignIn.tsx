/** The sign-in of a portal. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import { isProblem, knownPublicConfig } from '~/api/index.ts'
import { signIn } from '~/auth/index.ts'
import { activate, LANGUAGES, type Language } from '~/i18n/index.ts'
import { ErrorSummary } from '../Forms.tsx'
import type { Portal } from './portal.ts'
import css from './signin.module.css'

export function SignIn({ portal, reason }: { portal: Portal; reason?: 'ended' | 'idle' }) {
  const { t, i18n } = useLingui()
  useEffect(() => {
    document.title = `${t`Sign in`} – LERS`
  }, [t])
  return (
    <div className={css.place}>
      <aside className={css.side}>
        <div className={css.brand}>
          <img src="/lers.svg" alt="" width={32} height={32} /> LERS · {i18n._(portal.name)}
        </div>
        <p className={css.promise}>
          <Trans>Every request on record, from the draft to the signed answer.</Trans>
        </p>
        <ul className={css.points}>
          <Point>
            <Trans>Who asked what, on which authority, and who saw it</Trans>
          </Point>
          <Point>
            <Trans>Signed approvals, sealed responses, an audit trail that can be verified</Trans>
          </Point>
          <Point>
            <Trans>One clock that both sides see</Trans>
          </Point>
        </ul>
      </aside>
      <main className={css.main}>
        <div className={css.box}>
          <div>
            <h1 className={css.title}>
              <Trans>Sign in</Trans>
            </h1>
            <p className={css.lead}>
              {reason === 'ended' ? <Trans>Your session was ended. Sign in to go on.</Trans> : i18n._(portal.name)}
            </p>
          </div>
          <SignInForm />
          <div className={css.foot}>
            <LanguageLinks />
            <Anchor href={portal.otherPath} size="sm">
              <Trans>To the {i18n._(portal.otherName)}</Trans>
            </Anchor>
          </div>
          <DemoAccounts portal={portal} />
        </div>
      </main>
    </div>
  )
}

function Point({ children }: { children: React.ReactNode }) {
  return (
    <li>
      <IconCheck size={20} stroke={2} aria-hidden /> <span>{children}</span>
    </li>
  )
}

export function SignInForm({ email: known, onDone }: { email?: string; onDone?: () => void }) {
  const { t } = useLingui()
  const [email, setEmail] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [askCode, setAskCode] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await signIn({ email: email.trim(), password, ...(askCode ? { totp_code: code } : {}) })
      onDone?.()
    } catch (problem) {
      if (isProblem(problem, 'mfa_required')) setAskCode(true)
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <ErrorSummary problems={error ? [{ message: <SignInProblem error={error} /> }] : []} />
      <TextInput
        id="email"
        label={t`E-mail`}
        type="email"
        autoComplete="username"
        required
        value={email}
        readOnly={known !== undefined}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordInput
        id="password"
        label={t`Password`}
        autoComplete="current-password"
        required
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {askCode && (
        <TextInput
          id="code"
          label={t`Six-digit code`}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          required
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
      )}
      <Button type="submit" loading={busy} fullWidth size="md">
        <Trans>Sign in</Trans>
      </Button>
    </form>
  )
}

/** One sentence for wrong, unknown and locked alike: the form gives nothing away. */
function SignInProblem({ error }: { error: unknown }) {
  if (isProblem(error, 'invalid_credentials'))
    return <Trans>The e-mail or the password is not right, or the account is locked.</Trans>
  if (isProblem(error, 'mfa_required')) return <Trans>Enter the code from your authenticator app.</Trans>
  if (isProblem(error) && error.status === 429) return <Trans>Too many attempts. Wait a minute, then try again.</Trans>
  if (isProblem(error) && error.offline) return <Trans>No connection to LERS. Check the network and try again.</Trans>
  return <>{error instanceof Error ? error.message : String(error)}</>
}

function LanguageLinks() {
  const { i18n } = useLingui()
  return (
    <span>
      {(Object.entries(LANGUAGES) as [Language, string][])
        .filter(([language]) => language !== i18n.locale)
        .map(([language, name]) => (
          <Anchor
            key={language}
            component="button"
            type="button"
            size="sm"
            lang={language}
            onClick={() => void activate(language)}
          >
            {name}
          </Anchor>
        ))}
    </span>
  )
}

function DemoAccounts({ portal }: { portal: Portal }) {
  const accounts = knownPublicConfig()?.demo_accounts?.filter((account) => portal.roles.includes(account.role)) ?? []
  const [failed, setFailed] = useState<unknown>(null)
  if (accounts.length === 0) return null
  return (
    <section className={css.demo} aria-labelledby="demo-accounts">
      <h2 className={css.demoTitle} id="demo-accounts">
        <Trans>Demo accounts: one click signs in</Trans>
      </h2>
      <ErrorSummary problems={failed ? [{ message: <SignInProblem error={failed} /> }] : []} />
      <ul className={css.accounts}>
        {accounts.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              className={css.account}
              onClick={() => void signIn({ email: account.email, password: account.password }).catch(setFailed)}
            >
              <span>
                {account.name} {account.rank && <small>{account.rank}</small>}
              </span>
              <small>{account.tenant}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
