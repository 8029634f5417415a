/** A message on its way, or one that did not get there and what can be done about it. */
import { Trans } from '@lingui/react/macro'
import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconClockPause, IconPaperclip } from '@tabler/icons-react'
import clsx from 'clsx'
import { formatTime } from '~/i18n/index.ts'
import { type Outgoing, outbox, useRealtime } from '~/realtime/index.ts'
import css from './chat.module.css'

export function OutgoingRow({ item, head }: { item: Outgoing; head: boolean }) {
  const failed = item.state === 'failed'
  return (
    <article className={clsx(css.message, css.ours)}>
      {head && (
        <p className={css.sender}>
          <Trans>You</Trans>
        </p>
      )}
      <div className={clsx(css.bubble, failed ? css.failed : css.pending)}>
        {item.text && <p className={css.text}>{item.text}</p>}
        {item.files.map((file) => (
          <p key={file.id} className={css.attached}>
            <IconPaperclip size={15} aria-hidden /> {file.filename}
          </p>
        ))}
        <p className={css.meta}>
          <time dateTime={new Date(item.queued_at).toISOString()}>{formatTime(item.queued_at)}</time>
          {!failed && <OnItsWay state={item.state} />}
        </p>
      </div>
      {failed && <Failure item={item} />}
    </article>
  )
}

function OnItsWay({ state }: { state: Outgoing['state'] }) {
  const { link } = useRealtime()
  if (state === 'sending' && link.state === 'online') {
    return (
      <span className={css.receipt}>
        <Loader size={12} aria-hidden /> <Trans>Sending</Trans>
      </span>
    )
  }
  return (
    <span className={css.receipt}>
      <IconClockPause size={15} aria-hidden /> <Trans>Waits for the connection</Trans>
    </span>
  )
}

function Failure({ item }: { item: Outgoing }) {
  return (
    <div className={css.failure} role="alert">
      <p>
        <IconAlertTriangle size={15} aria-hidden />{' '}
        {item.problem?.code === 'unknown_outcome' ? (
          <Trans>Not known whether this was sent: look whether it stands above.</Trans>
        ) : (
          <Trans>Not sent. {item.problem?.detail}</Trans>
        )}
        {item.problem?.request_id && (
          <small>
            {' '}
            <Trans>Request id {item.problem.request_id}</Trans>
          </small>
        )}
      </p>
      <Button size="compact-sm" variant="default" onClick={() => outbox.again(item.key)}>
        <Trans>Try again</Trans>
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => outbox.take(item.key)}>
        <Trans>Discard</Trans>
      </Button>
    </div>
  )
}
