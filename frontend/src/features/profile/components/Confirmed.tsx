/** How far a profile can be relied on: it is the provider's own word, as good as its date. */
import { Trans } from '@lingui/react/macro'
import { IconAlertTriangle, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { formatDate } from '~/i18n/index.ts'
import { ToneBadge, useNow } from '~/ui/index.ts'
import { confirmationOf } from '../completeness.ts'
import type { Profile } from '../profile-form.ts'

export function Confirmed({ profile }: { profile: Pick<Profile, 'updated_at' | 'version'> }) {
  const now = useNow(60_000)
  const found = confirmationOf(profile, now)
  const date = profile.updated_at && formatDate(profile.updated_at)
  return (
    <ToneBadge tone={found === 'fresh' ? 'good' : 'warn'}>
      {found === 'fresh' ? (
        <IconRosetteDiscountCheck size={14} aria-hidden />
      ) : (
        <IconAlertTriangle size={14} aria-hidden />
      )}
      {found === 'never' ? (
        <Trans>Not confirmed by the provider</Trans>
      ) : found === 'stale' ? (
        <Trans>Last confirmed {date}, long ago</Trans>
      ) : (
        <Trans>Confirmed by the provider on {date}</Trans>
      )}
    </ToneBadge>
  )
}
