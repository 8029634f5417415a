/** Hours as promises are told in: elapsed ones as days and hours, working ones as what they are. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { formatDuration } from '~/i18n/index.ts'

/** `3 days`, or `72 working hours`: nine of those may be more than a day. */
export function useHours(): (hours: number, working?: boolean) => string {
  const { t } = useLingui()
  return (hours, working) =>
    working
      ? t`${plural(hours, { one: '# working hour', other: '# working hours' })}`
      : formatDuration(hours < 48 ? Math.round(hours * 60) * 60 : Math.round(hours) * 3600)
}
