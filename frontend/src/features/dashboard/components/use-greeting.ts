/** The words at the head of a dashboard. */
import { useLingui } from '@lingui/react/macro'
import { useMe } from '~/auth/index.ts'
import { formatDay } from '~/i18n/index.ts'
import { useNow } from '~/ui/index.ts'
import { dayPart } from '../due.ts'

const MINUTE = 60_000

export function useGreeting(): { title: string; lead: string } {
  const { t } = useLingui()
  const me = useMe()
  const now = useNow(MINUTE)
  const name = me.name
  const words = {
    morning: t`Good morning, ${name}`,
    afternoon: t`Good afternoon, ${name}`,
    evening: t`Good evening, ${name}`,
  }
  return { title: words[dayPart(now)], lead: [formatDay(now), me.tenant?.name].filter(Boolean).join(' · ') }
}
