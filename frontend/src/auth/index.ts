export { changeMe } from './change-me.ts'
export { useMe, useSession } from './hooks.ts'
export {
  accessToken,
  expire,
  lock,
  type Me,
  mayResume,
  mustEnrol,
  onSessionChange,
  onToken,
  readMe,
  renew,
  resume,
  type SessionState,
  type SignIn,
  sessionState,
  signIn,
  signOut,
  updateMe,
} from './session.ts'
export { answerProof, askForProof, onProofAsked } from './step-up.ts'
