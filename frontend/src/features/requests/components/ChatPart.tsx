/** The chat of a request, loaded when it is shown. */
import { lazy, useEffect } from 'react'
import type { LersRequest } from '../queries.ts'
import { Part } from './Part.tsx'

interface ChatPartProps {
  request: LersRequest
  /** Grows each time the reader wants to write: the field takes the focus. */
  called: number
  /** Opens the question to the officer; left out when it may not be asked now. */
  onAsk?: () => void
}

const Chat = lazy(async () => {
  const { ChatPanel, CHAT_FIELD_ID } = await import('~/features/chat/index.ts')
  return {
    default: ({ request, called, onAsk }: ChatPartProps) => {
      useEffect(() => {
        if (called > 0) document.getElementById(CHAT_FIELD_ID)?.focus()
      }, [called])
      return (
        <ChatPanel
          requestId={request.id}
          canRead={request.abilities.chat_read}
          canWrite={request.abilities.chat_write}
          ended={Boolean(request.closed_at)}
          onAsk={onAsk}
        />
      )
    },
  }
})

export function ChatPart(props: ChatPartProps) {
  return (
    <Part name={`${props.request.id} chat`} lines={8}>
      <Chat {...props} />
    </Part>
  )
}
