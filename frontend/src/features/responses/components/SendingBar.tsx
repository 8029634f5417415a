/** How far all files are together, with the brake. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import clsx from 'clsx'
import { formatBytes } from '~/i18n/index.ts'
import { Keys, useKeys } from '~/ui/hotkeys.tsx'
import type { Sending } from '../use-sending.ts'
import css from './files.module.css'

export function SendingBar({ sending }: { sending: Sending }) {
  const { t } = useLingui()
  const { progress, paused, pause } = sending
  const active = progress.left > 0
  useKeys(
    {
      Space: {
        run: () => (active ? pause(!paused) : false),
        label: t`Pause or go on sending files`,
      },
    },
    { scope: t`Response` },
  )
  if (!active) return null
  return (
    <div className={css.sending}>
      <div className={css.sendingWords}>
        <span role="status">
          <Plural value={progress.left} one="# file on its way" other="# files on their way" />
          {paused && (
            <>
              {' – '}
              <Trans>paused; what is being sent already is finished</Trans>
            </>
          )}
        </span>
        <span className={css.bytes}>
          <Trans>
            {formatBytes(progress.sent)} of {formatBytes(progress.total)}
          </Trans>
        </span>
      </div>
      <progress
        className={clsx(css.bar, css.allBar)}
        value={progress.sent}
        max={Math.max(1, progress.total)}
        aria-label={t`Sent of all files`}
      />
      <Button
        size="compact-sm"
        variant="default"
        className={css.brake}
        leftSection={paused ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerPause size={16} aria-hidden />}
        rightSection={<Keys keys="Space" />}
        onClick={() => pause(!paused)}
      >
        {paused ? <Trans>Go on</Trans> : <Trans>Pause</Trans>}
      </Button>
    </div>
  )
}
