/** Whether a response is the whole answer, or which part of it. */
import { Trans } from '@lingui/react/macro'
import { ToneBadge } from '~/ui/index.ts'
import type { PartPlace } from '../parts.ts'

export function PartBadge({ partial, place }: { partial: boolean; place: PartPlace | null }) {
  return (
    <ToneBadge tone={partial ? 'violet' : 'quiet'}>
      <PartWords partial={partial} place={place} />
    </ToneBadge>
  )
}

export function PartWords({ partial, place }: { partial: boolean; place: PartPlace | null }) {
  if (!place) return partial ? <Trans>One part</Trans> : <Trans>Whole answer</Trans>
  const { number, of } = place
  if (of) return <Trans>Part {number} of {of}</Trans> // biome-ignore format: one message
  return <Trans>Part {number}, more to come</Trans>
}
