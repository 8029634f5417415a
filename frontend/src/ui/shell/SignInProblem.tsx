/** Why a sign-in failed. One sentence for wrong, unknown and locked alike: the form gives nothing away. */
import { Trans } from '@lingui/react/macro'
import { isProblem } from '~/api/index.ts'

export function SignInProblem({ error }: { error: unknown }) {
  if (isProblem(error, 'invalid_credentials'))
    return <Trans>The e-mail or the password is not right, or the account is locked.</Trans>
  if (isProblem(error) && error.status === 429) return <Trans>Too many attempts. Wait a minute, then try again.</Trans>
  if (isProblem(error) && error.offline) return <Trans>No connection to LERS. Check the network and try again.</Trans>
  return <>{error instanceof Error ? error.message : String(error)}</>
}
