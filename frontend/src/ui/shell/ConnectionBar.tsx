/** Tells when this window hears nothing of what happens, since when, and what becomes of what one does meanwhile. */
import { Plural, Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconBroadcast, IconCloudOff } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { formatTime } from '~/i18n/index.ts'
import { useRealtime, useWaitingCount } from '~/realtime/index.ts'
import { useNow } from '../use-now.ts'
import { troubleOf } from './connection.ts'
import css from './live.module.css'

export function ConnectionBar() {
  const { link, retry } = useRealtime()
  const networkUp = useNetwork()
  const now = useNow()
  const offset = now - Date.now()
  const trouble = troubleOf(link, networkUp, Date.now())
  return (
    <div role="status" className={css.barPlace}>
      {trouble && (
        <div className={css.bar} data-trouble={trouble}>
          {trouble === 'network' ? <IconCloudOff size={18} aria-hidden /> : <IconBroadcast size={18} aria-hidden />}
          <p className={css.barText}>
            <strong>
              {trouble === 'network' ? <Trans>No connection</Trans> : <Trans>Live updates are interrupted</Trans>}
            </strong>{' '}
            <Trans>since {formatTime(link.since + offset)}.</Trans>{' '}
            {trouble === 'network' ? (
              <Trans>What is on the screen stays. Messages wait here and are sent when the connection is back.</Trans>
            ) : (
              <Trans>What is on the screen is fetched anew every 20 seconds. You can go on working.</Trans>
            )}{' '}
            <Waiting />
          </p>
          <Button variant="default" size="compact-sm" onClick={retry}>
            <Trans>Try now</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}

function Waiting() {
  const waiting = useWaitingCount()
  if (waiting === 0) return null
  return <Plural value={waiting} one="# message waits." other="# messages wait." />
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}

const useNetwork = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)
