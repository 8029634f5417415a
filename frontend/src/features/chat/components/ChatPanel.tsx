/** The chat of one request: who is there, what was said, and what one says. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconMessageCircle, IconMessageOff } from '@tabler/icons-react'
import clsx from 'clsx'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { useOutgoing, useRealtime, useRequestPresence, useRoom, useTyping } from '~/realtime/index.ts'
import { EmptyState, QueryState } from '~/ui/index.ts'
import type { Side } from '../messages.ts'
import { useChat } from '../queries.ts'
import { ChatHead } from './ChatHead.tsx'
import { Composer } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'
import css from './chat.module.css'
import { TypingLine } from './TypingLine.tsx'

export interface ChatPanelProps {
  requestId: string
  /** `abilities.chat_read` and `abilities.chat_write` of the request. */
  canRead: boolean
  canWrite: boolean
  /** The request has ended: what was said stays, nothing is added. */
  ended?: boolean
  /** Opens the provider's question to the officer, which pauses the clock; left out when they may not ask now. */
  onAsk?: () => void
  className?: string
}

export function ChatPanel({ canRead, className, ...rest }: ChatPanelProps) {
  const { t } = useLingui()
  return (
    <section className={clsx(css.panel, className)} aria-label={t`Chat`}>
      {canRead ? <OpenChat key={rest.requestId} {...rest} /> : <ClosedChat ended={rest.ended} />}
    </section>
  )
}

function ClosedChat({ ended }: { ended?: boolean }) {
  return (
    <EmptyState icon={<IconMessageOff size={22} stroke={1.6} />} title={<Trans>There is no chat</Trans>}>
      {ended ? (
        <Trans>This request ended before it reached the provider.</Trans>
      ) : (
        <Trans>The chat opens when the request has been submitted to the provider.</Trans>
      )}
    </EmptyState>
  )
}

type OpenChatProps = Omit<ChatPanelProps, 'canRead' | 'className'>

function OpenChat({ requestId, canWrite, ended, onAsk }: OpenChatProps) {
  const me = useMe()
  const side: Side = me.role === 'PROVIDER' ? 'PROVIDER' : 'IO'
  const ownTenant = me.tenant?.id ?? ''
  const room = useRoom(requestId)
  const { link } = useRealtime()
  const { query, older, loadOlder } = useChat(requestId, { side, ownTenant, enabled: true })
  const outgoing = useOutgoing(requestId)
  const typing = useTyping(requestId)
  const people = useRequestPresence(requestId)
  const [sentCount, setSentCount] = useState(0)
  return (
    <>
      <ChatHead people={people} ownTenant={ownTenant} live={link.state === 'online'} />
      <QueryState query={query} lines={6}>
        {(chat) => (
          <>
            <Conversation
              requestId={requestId}
              chat={chat}
              settled={query.isFetchedAfterMount}
              outgoing={outgoing}
              me={me.id}
              side={side}
              room={room}
              older={older}
              onOlder={loadOlder}
              sentCount={sentCount}
              empty={
                <EmptyState icon={<IconMessageCircle size={22} stroke={1.6} />} title={<Trans>No messages yet</Trans>}>
                  {canWrite && (
                    <Trans>What you write here is part of the request’s record, and both sides see it.</Trans>
                  )}
                </EmptyState>
              }
            />
            <TypingLine typists={typing.typists} people={people} />
            {canWrite ? (
              <Composer
                requestId={requestId}
                chat={chat}
                outgoing={outgoing}
                me={me.id}
                typing={typing}
                onAsk={onAsk}
                onSent={() => setSentCount((count) => count + 1)}
              />
            ) : (
              <p className={css.readOnly}>
                {ended ? (
                  <Trans>The request has ended. The chat is kept as it is.</Trans>
                ) : (
                  <Trans>You read along. The officer who made the request and the provider write here.</Trans>
                )}
              </p>
            )}
          </>
        )}
      </QueryState>
    </>
  )
}
