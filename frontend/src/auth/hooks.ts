/** The session, as React sees it. */
import { useSyncExternalStore } from 'react'
import { type Me, onSessionChange, type SessionState, sessionState } from './session.ts'

export const useSession = (): SessionState => useSyncExternalStore(onSessionChange, sessionState)

/** Who is signed in; only for screens behind the sign-in. */
export function useMe(): Me {
  const session = useSession()
  if (session.status === 'in' || session.status === 'expired') return session.me
  throw new Error('nobody is signed in')
}
