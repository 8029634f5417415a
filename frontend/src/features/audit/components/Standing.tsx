/** What the verification in this browser says of an entry: a sign and a word, never a colour alone. */
import { Trans } from '@lingui/react/macro'
import { ToneBadge } from '~/ui/index.ts'
import type { Standing } from '../verification.ts'

export function StandingBadge({ standing }: { standing: Standing }) {
  if (standing === 'proved') {
    return (
      <ToneBadge tone="good">
        <Trans>verified</Trans>
      </ToneBadge>
    )
  }
  if (standing === 'broken') {
    return (
      <ToneBadge tone="bad">
        <Trans>broken here</Trans>
      </ToneBadge>
    )
  }
  if (standing === 'unproved') {
    return (
      <ToneBadge tone="quiet">
        <Trans>not proved</Trans>
      </ToneBadge>
    )
  }
  return null
}
