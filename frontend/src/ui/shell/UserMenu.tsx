/** Who is signed in; behind it, their menu. */
import { Trans } from '@lingui/react/macro'
import { type ComponentProps, lazy, Suspense, useState } from 'react'
import type { Me } from '~/auth/index.ts'
import css from './shell.module.css'

const UserMenuList = lazy(() => import('./UserMenuList.tsx'))

export function UserMenu({ me }: { me: Me }) {
  const [opened, setOpened] = useState(false)
  if (!opened) return <Who me={me} aria-haspopup="menu" aria-expanded={false} onClick={() => setOpened(true)} />
  return (
    <Suspense fallback={<Who me={me} aria-haspopup="menu" aria-expanded />}>
      <UserMenuList me={me}>
        <Who me={me} />
      </UserMenuList>
    </Suspense>
  )
}

function Who({ me, ...button }: { me: Me } & ComponentProps<'button'>) {
  return (
    <button type="button" className={css.who} {...button}>
      <span className="l-visually-hidden">
        <Trans>Your menu:</Trans>
      </span>
      <span className={css.initials} aria-hidden>
        {initialsOf(me.name)}
      </span>
      <span className={css.whoText}>
        {me.name}
        <small>{me.tenant?.name}</small>
      </span>
    </button>
  )
}

/** `AK` of Asha Kulkarni: the first and the last word's first letter. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  return [...new Set([words[0], words.at(-1)])]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}
