import { Trans } from '@lingui/react/macro'
import { ToneBadge } from '~/ui/index.ts'
import type { Person } from '../queries.ts'

export function PersonState({ person: { is_active, state } }: { person: Person }) {
  if (!is_active) {
    return (
      <ToneBadge tone="quiet" dot>
        <Trans>Closed</Trans>
      </ToneBadge>
    )
  }
  return state === 'INVITED' ? (
    <ToneBadge tone="warn" dot>
      <Trans>Invited</Trans>
    </ToneBadge>
  ) : (
    <ToneBadge tone="good" dot>
      <Trans>Active</Trans>
    </ToneBadge>
  )
}
