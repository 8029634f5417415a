/** One message, as it was written. */
import { Trans } from '@lingui/react/macro'
import { Tooltip } from '@mantine/core'
import { IconCheck, IconChecks, IconHelpCircle, IconLock } from '@tabler/icons-react'
import clsx from 'clsx'
import { FileRow } from '~/features/files/index.ts'
import { formatExact, formatTime } from '~/i18n/index.ts'
import type { Message } from '~/realtime/index.ts'
import type { Side } from '../messages.ts'
import css from './chat.module.css'

interface MessageRowProps {
  message: Message
  head: boolean
  side: Side
  me: string
}

export function MessageRow({ message, head, side, me }: MessageRowProps) {
  if (message.sender_type === 'SYSTEM') {
    return (
      <p className={css.system}>
        {message.message_text} <At at={message.created_at} />
      </p>
    )
  }
  const ours = message.sender_type === side
  const question = message.message_type === 'CLARIFICATION'
  return (
    <article className={clsx(css.message, ours && css.ours)}>
      {head && <Sender message={message} me={me} />}
      <div className={clsx(css.bubble, question && css.question)}>
        {question && (
          <p className={css.mark}>
            <IconHelpCircle size={16} aria-hidden /> <Trans>Question to the officer: the clock may wait</Trans>
          </p>
        )}
        <Words message={message} />
        <Files message={message} />
        <p className={css.meta}>
          <At at={message.created_at} />
          {ours && <Receipt message={message} />}
        </p>
      </div>
    </article>
  )
}

function Sender({ message: { sender }, me }: { message: Message; me: string }) {
  return (
    <p className={css.sender}>
      {sender?.id === me ? <Trans>You</Trans> : (sender?.name ?? <Trans>A person who is no longer here</Trans>)}
      {sender?.id !== me && sender?.rank && <span className={css.rank}> {sender.rank}</span>}
    </p>
  )
}

function Words({ message }: { message: Message }) {
  if (message.is_encrypted) {
    return (
      <p className={css.locked}>
        <IconLock size={16} aria-hidden /> <Trans>This message is encrypted and cannot be read here.</Trans>
      </p>
    )
  }
  return message.message_text ? <p className={css.text}>{message.message_text}</p> : null
}

function Files({ message }: { message: Message }) {
  if (message.attachments.length === 0) return null
  return (
    <ul className={css.files}>
      {message.attachments.map((file) => (
        <li key={file.id}>
          <FileRow id={file.id} expectedHash={file.sha256} />
        </li>
      ))}
    </ul>
  )
}

function At({ at }: { at: string }) {
  return (
    <Tooltip label={formatExact(at)}>
      <time dateTime={at}>{formatTime(at)}</time>
    </Tooltip>
  )
}

/** The server knows two things of a message: that it has it, and that the other side has read it. */
function Receipt({ message }: { message: Message }) {
  if (!message.read_by_receiver) {
    return (
      <span className={css.receipt}>
        <IconCheck size={15} aria-hidden /> <Trans context="receipt">Sent</Trans>
      </span>
    )
  }
  return (
    <Tooltip label={message.read_at ? formatExact(message.read_at) : ''} disabled={!message.read_at}>
      <span className={clsx(css.receipt, css.read)}>
        <IconChecks size={15} aria-hidden /> <Trans context="receipt">Read</Trans>
      </span>
    </Tooltip>
  )
}
