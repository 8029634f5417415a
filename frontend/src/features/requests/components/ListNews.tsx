/** What has happened to the list meanwhile: it is told, and shown when the reader asks for it. */
import { Plural, Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCloudOff, IconRefresh } from '@tabler/icons-react'
import { formatTime } from '~/i18n/index.ts'
import css from './list.module.css'

interface ListNewsProps {
  arrived: number
  gone: number
  onShow: () => void
  /** The rows could not be read again: they are those of `since`. */
  stale: unknown
  since: number
  onRetry: () => void
}

export function ListNews({ arrived, gone, onShow, stale, since, onRetry }: ListNewsProps) {
  const at = formatTime(since)
  return (
    <div role="status">
      {stale !== null && (
        <div className={css.stale}>
          <IconCloudOff size={16} aria-hidden />
          <span>
            <Trans>This is the list of {at}. It could not be read again.</Trans>
          </span>
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      )}
      {arrived + gone > 0 && (
        <button type="button" className={css.news} onClick={onShow}>
          <IconRefresh size={15} aria-hidden />
          <span>
            {arrived > 0 && <Plural value={arrived} one="# new request" other="# new requests" />}
            {arrived > 0 && gone > 0 && ', '}
            {gone > 0 && <Plural value={gone} one="# no longer belongs here" other="# no longer belong here" />}
          </span>
          <strong>
            <Trans>Show</Trans>
          </strong>
        </button>
      )}
    </div>
  )
}
