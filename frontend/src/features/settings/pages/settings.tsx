import { Trans, useLingui } from '@lingui/react/macro'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { useMe } from '~/auth/index.ts'
import { loadCatalogs } from '~/i18n/index.ts'
import { Loading, Page } from '~/ui/index.ts'
import { Keyboard } from '../components/Keyboard.tsx'
import { Look } from '../components/Look.tsx'
import { Password } from '../components/Password.tsx'
import { Profile } from '../components/Profile.tsx'
import { Sessions } from '../components/Sessions.tsx'
import { SECTIONS } from '../sections.ts'
import css from '../settings.module.css'

const SigningKeys = lazy(async () => {
  const [keys] = await Promise.all([import('~/features/keys/index.ts'), loadCatalogs('keys')])
  return { default: keys.SigningKeys }
})
const SecondStep = lazy(async () => {
  const [step] = await Promise.all([import('~/features/second-step/index.ts'), loadCatalogs('second-step')])
  return { default: step.SecondStepSettings }
})
const Delegations = lazy(async () => {
  const [approvals] = await Promise.all([import('~/features/approvals/index.ts'), loadCatalogs('approvals')])
  return { default: approvals.Delegations }
})

const CONTENT: Record<string, React.ComponentType> = {
  profile: Profile,
  look: Look,
  password: Password,
  'second-step': SecondStep,
  sessions: Sessions,
  keys: SigningKeys,
  delegations: Delegations,
  shortcuts: Keyboard,
}

export default function SettingsPage() {
  const { t, i18n } = useLingui()
  const me = useMe()
  const { section } = useParams({ strict: false })
  const sections = SECTIONS.filter((each) => each.show?.(me) ?? true)
  const current = sections.find((each) => each.id === section) ?? sections[0]
  // On a narrow screen the sections lie in one line, and the open one may be out of sight.
  const open = useRef<HTMLAnchorElement>(null)
  const opened = current?.id
  useEffect(() => {
    if (opened) open.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [opened])
  const Content = CONTENT[current?.id ?? 'profile'] ?? Profile
  return (
    <Page
      title={<Trans>Settings</Trans>}
      documentTitle={current ? `${i18n._(current.label)} – ${t`Settings`}` : t`Settings`}
    >
      <div className={css.layout}>
        <nav className={css.nav} aria-label={t`Sections of the settings`}>
          <ul className={css.list}>
            {sections.map(({ id, label, icon: Icon }) => (
              <li key={id}>
                <Link
                  to="/settings/$section"
                  params={{ section: id }}
                  ref={id === opened ? open : undefined}
                  className={css.link}
                  aria-current={id === opened ? 'page' : undefined}
                >
                  <Icon size={18} stroke={1.7} />
                  {i18n._(label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={css.content}>
          <Suspense fallback={<Loading />}>
            <Content />
          </Suspense>
        </div>
      </div>
    </Page>
  )
}
