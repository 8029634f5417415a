import { Trans, useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect } from 'react'
import { knownPublicConfig, type PublicConfig } from '~/api/public-config.ts'
import { activate, LANGUAGES, type Language } from '~/i18n/catalogs.ts'
import { term } from '~/i18n/terms.ts'
import css from './chooser.module.css'

export function Chooser() {
  const { t } = useLingui()
  const config = knownPublicConfig()
  useEffect(() => {
    document.title = t`LERS – Law Enforcement Request System`
  }, [t])
  return (
    <div className={css.page}>
      <header className={css.head}>
        <span className={css.brand}>
          <img src="/lers.svg" alt="" width={36} height={36} /> LERS
        </span>
        <Languages />
      </header>
      <main className={css.main}>
        <h1 className={css.title}>
          <Trans>Law Enforcement Request System</Trans>
        </h1>
        <p className={css.lead}>
          <Trans>
            Ask a provider for data on a legal mandate, approve and sign, answer in time. Every step is on record.
          </Trans>
        </p>
        <div className={css.doors}>
          <Door href="/le/" title={<Trans>Law enforcement</Trans>}>
            <Trans>For investigating officers, approvers and the platform's administrators</Trans>
          </Door>
          <Door href="/provider/" title={<Trans>Provider</Trans>}>
            <Trans>For telecom operators, banks and platforms that answer requests</Trans>
          </Door>
        </div>
        {config?.demo_accounts && <DemoAccounts accounts={config.demo_accounts} />}
      </main>
      <footer className={css.foot}>
        <a href="/api/v1/docs/">
          <Trans>API documentation</Trans>
        </a>
        {config?.demo_accounts && (
          <>
            <a href="/ops/mail/">
              <Trans>Mails that this demo sent</Trans>
            </a>
            <a href="/ops/rq/">
              <Trans>Background jobs</Trans>
            </a>
          </>
        )}
        {config && <span>LERS {config.version}</span>}
      </footer>
    </div>
  )
}

function Languages() {
  const { i18n, t } = useLingui()
  return (
    <nav aria-label={t`Language`} className={css.languages}>
      {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.locale === language}
          onClick={() => void activate(language)}
        >
          {name}
        </button>
      ))}
    </nav>
  )
}

function Door({ href, title, children }: { href: string; title: ReactNode; children: ReactNode }) {
  return (
    <a className={css.door} href={href}>
      <span className={css.doorTitle}>
        {title}
        <span aria-hidden>→</span>
      </span>
      <span className={css.doorText}>{children}</span>
    </a>
  )
}

function DemoAccounts({ accounts }: { accounts: NonNullable<PublicConfig['demo_accounts']> }) {
  const { t, i18n } = useLingui()
  const password = accounts[0]?.password ?? ''
  return (
    <section className={css.demo} aria-labelledby="demo">
      <h2 id="demo">
        <Trans>Demo accounts</Trans>
      </h2>
      <p>
        <Trans>
          All with the password <code>{password}</code>. All people and numbers are invented.
        </Trans>
      </p>
      <ul className={css.accounts} aria-label={t`Demo accounts`}>
        {accounts.map((account) => (
          <li key={account.email}>
            <span className={css.name}>
              {account.name}
              {account.rank && <small> {account.rank}</small>}
            </span>
            <span className={css.role}>
              {term(i18n, 'role', account.role)} · {account.tenant}
            </span>
            <a href={account.role === 'PROVIDER' ? '/provider/' : '/le/'} className={css.email}>
              {account.email}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
