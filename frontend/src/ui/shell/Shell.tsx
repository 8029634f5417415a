/** The frame around every screen: places on the left (or at the bottom), search, news and the user on top. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { QueryClientProvider } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { queryClient } from '~/api/index.ts'
import { type Me, onSessionChange, sessionState } from '~/auth/index.ts'
import { useRealtimeConnection } from '~/realtime/index.ts'
import { Keys } from '../hotkeys.tsx'
import { Bell } from './Bell.tsx'
import { ConnectionBar } from './ConnectionBar.tsx'
import { IdleLock } from './IdleLock.tsx'
import { News } from './News.tsx'
import { PlaceCount } from './PlaceCount.tsx'
import { Places } from './Places.tsx'
import type { Place, Portal } from './portal.ts'
import { type Opened, ShellKeys } from './ShellKeys.tsx'
import css from './shell.module.css'
import { UserMenu } from './UserMenu.tsx'

const Toasts = lazy(() => import('./Toasts.tsx'))
const PlacesDrawer = lazy(() => import('./PlacesDrawer.tsx'))

interface ShellProps {
  portal: Portal
  me: Me
  children: ReactNode
}

// What one person was answered must not be there for the next.
onSessionChange(() => {
  if (sessionState().status === 'out') queryClient.clear()
})

export default function Shell(props: ShellProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Frame {...props} />
    </QueryClientProvider>
  )
}

function Frame({ portal, me, children }: ShellProps) {
  const { t, i18n } = useLingui()
  const [menu, setMenu] = useState<boolean | null>(null)
  const places = useMemo(() => portal.places.filter((place) => place.show?.(me) ?? true), [portal, me])
  const [opened, setOpened] = useState<Opened>(null)
  const main = useRef<HTMLElement>(null)
  useFocusOnNavigation(main)
  useRealtimeConnection()
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <aside className={css.side} aria-label={t`Side bar`}>
        <Brand portal={portal} />
        <Places places={places} label={t`Places`} />
      </aside>
      <header className={css.top}>
        <ActionIcon className={css.menuButton} size="lg" onClick={() => setMenu(true)} aria-label={t`Open the menu`}>
          <IconMenu2 size={20} />
        </ActionIcon>
        <button type="button" className={css.search} onClick={() => setOpened('palette')} aria-keyshortcuts="Control+K">
          <IconSearch size={16} aria-hidden />
          <span>
            <Trans>Search or jump to…</Trans>
          </span>
          <span className={css.keys} aria-hidden>
            <Keys keys="Ctrl+k" />
          </span>
        </button>
        <div className={css.spring} />
        <Bell />
        <UserMenu me={me} />
      </header>
      <main className={css.main} id="main" tabIndex={-1} ref={main}>
        <ConnectionBar />
        {children}
      </main>
      <nav className={css.bottom} aria-label={t`Main places`}>
        {handyOf(places).map(({ to, label, icon: Icon, count }) => (
          <Link key={to} to={to} className={css.tab} activeOptions={{ exact: to === '/' }}>
            <Icon size={20} stroke={1.7} />
            <span>{i18n._(label)}</span>
            {count && <PlaceCount of={count} corner />}
          </Link>
        ))}
      </nav>
      {menu !== null && (
        <Suspense fallback={null}>
          <PlacesDrawer places={places} opened={menu} onClose={() => setMenu(false)} />
        </Suspense>
      )}
      <ShellKeys portal={portal} places={places} opened={opened} onOpen={setOpened} />
      <IdleLock />
      <News me={me} />
      <Suspense fallback={null}>
        <Toasts />
      </Suspense>
    </div>
  )
}

const HANDY = 4

/** The places at the thumb: with more than four their names are cut, and the bell above leads to the notifications. */
function handyOf(places: readonly Place[]): Place[] {
  const handy = places.filter((place) => place.handy)
  return handy.length > HANDY ? handy.filter(({ to }) => to !== '/notifications').slice(0, HANDY) : handy
}

function Brand({ portal }: { portal: Portal }) {
  const { i18n } = useLingui()
  return (
    <Link to="/" className={css.brand}>
      <img src="/lers.svg" alt="" width={30} height={30} />
      <span>
        LERS<small>{i18n._(portal.name)}</small>
      </span>
    </Link>
  )
}

/** A new screen begins at its top, for screen readers too; the first one is left to the browser. */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>): void {
  const path = useLocation({ select: (location) => location.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path, main])
}
