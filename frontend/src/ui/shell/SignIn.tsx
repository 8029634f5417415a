/** The sign-in of a portal. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type FormEvent, lazy, Suspense, useEffect, useState } from 'react'
import { isProblem, knownPublicConfig } from '~/api/index.ts'
import { type SignIn as Given, signIn } from '~/auth/index.ts'
import { activate, LANGUAGES, type Language, loadCatalogs } from '~/i18n/index.ts'
import { ErrorSummary } from '../Forms.tsx'
import type { Portal } from './portal.ts'
import { SignInProblem } from './SignInProblem.tsx'
import css from './signin.module.css'

// Who has no second factor never loads it.
const SecondStep = lazy(async () => {
  const [step] = await Promise.all([import('../second-step/SecondStep.tsx'), loadCatalogs('i18n')])
  return step
})

export function SignIn({ portal, reason }: { portal: Portal; reason?: 'ended' | 'idle' }) {
  const { t, i18n } = useLingui()
  const [second, setSecond] = useState<Given | null>(null)
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
          <SignInSteps second={second} onSecond={setSecond} />
          <div className={css.foot}>
            <LanguageLinks />
            <Anchor href={portal.otherPath} size="sm">
              <Trans>To the {i18n._(portal.otherName)}</Trans>
            </Anchor>
          </div>
          {!second && <DemoAccounts portal={portal} onSecond={setSecond} />}
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

export interface SignInStepsProps {
  /** The session that ended was this person's: only they go on in it. */
  email?: string
  /** What the first step asked, once the server wants a second one. */
  second: Given | null
  onSecond: (given: Given | null) => void
}

/** The first step, and in its place the second one when the server asks for it. */
export function SignInSteps({ email, second, onSecond }: SignInStepsProps) {
  // Back at the first step the e-mail is still there.
  const [typed, setTyped] = useState(email ?? '')
  return second ? (
    <Suspense fallback={null}>
      <SecondStep
        given={second}
        onBack={() => {
          setTyped(second.email)
          onSecond(null)
        }}
      />
    </Suspense>
  ) : (
    <FirstStep email={typed} fixed={email !== undefined} onSecond={onSecond} />
  )
}

interface FirstStepProps {
  email: string
  fixed: boolean
  onSecond: (given: Given) => void
}

function FirstStep({ email: known, fixed, onSecond }: FirstStepProps) {
  const { t } = useLingui()
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const given = { email: email.trim(), password }
    setBusy(true)
    setError(null)
    try {
      await signIn(given)
    } catch (problem) {
      if (isProblem(problem, 'mfa_required')) onSecond(given)
      else setError(problem)
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
        readOnly={fixed}
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
      <Button type="submit" loading={busy} fullWidth size="md">
        <Trans>Sign in</Trans>
      </Button>
    </form>
  )
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

function DemoAccounts({ portal, onSecond }: { portal: Portal; onSecond: (given: Given) => void }) {
  const accounts = knownPublicConfig()?.demo_accounts?.filter((account) => portal.roles.includes(account.role)) ?? []
  const [failed, setFailed] = useState<unknown>(null)
  const enter = (given: Given) =>
    signIn(given).catch((problem: unknown) => {
      if (isProblem(problem, 'mfa_required')) onSecond(given)
      else setFailed(problem)
    })
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
              onClick={() => void enter({ email: account.email, password: account.password })}
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
