/** The root of a portal: the sign-in, or the shell around the screen. */
import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { onProofAsked, useSession } from '~/auth/index.ts'
import { loadCatalogs } from '~/i18n/catalogs.ts'
import type { Portal } from './portal.ts'

const SignIn = lazy(async () => ({ default: (await import('./SignIn.tsx')).SignIn }))
const WrongPortal = lazy(async () => ({ default: (await import('./WrongPortal.tsx')).WrongPortal }))
const Shell = lazy(async () => {
  const [shell] = await Promise.all([import('./Shell.tsx'), loadCatalogs('i18n')])
  return shell
})
const Invitation = lazy(() => import('./Invitation.tsx'))
const SignInAgain = lazy(() => import('./SignInAgain.tsx'))
const StepUp = lazy(() => import('./StepUp.tsx'))

export function PortalRoot({ portal }: { portal: Portal }) {
  const session = useSession()
  const asked = useProofAsked()
  const path = useLocation({ select: (location) => location.pathname })
  if (session.status === 'starting') return null
  if (path === '/invitation') {
    return (
      <Suspense fallback={null}>
        <Invitation />
      </Suspense>
    )
  }
  if (session.status === 'out') {
    return (
      <Suspense fallback={null}>
        <SignIn portal={portal} reason={session.reason} />
      </Suspense>
    )
  }
  if (!portal.roles.includes(session.me.role)) {
    return (
      <Suspense fallback={null}>
        <WrongPortal portal={portal} me={session.me} />
      </Suspense>
    )
  }
  return (
    <Suspense fallback={null}>
      {session.me.mfa_enrolment_required ? (
        // The address stays as it is, so that the person then goes on where they wanted to be.
        <portal.Enrolment />
      ) : (
        <Shell portal={portal} me={session.me}>
          <Outlet />
        </Shell>
      )}
      {asked && <StepUp />}
      {session.status === 'expired' && <SignInAgain me={session.me} />}
    </Suspense>
  )
}

/** Whether a proof of identity was ever asked for: until then its dialog is not even loaded. */
function useProofAsked(): boolean {
  const [asked, setAsked] = useState(false)
  useEffect(() => onProofAsked((open) => open && setAsked(true)), [])
  return asked
}
