/** What was said, from the oldest that was loaded to what is still on its way. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { formatDay } from '~/i18n/index.ts'
import { type Message, notYetThere, type Outgoing, type RoomState } from '~/realtime/index.ts'
import { type Chat, isFromOther, type Side } from '../messages.ts'
import { type Row, rowsOf } from '../rows.ts'
import { useReading } from '../use-reading.ts'
import { useChatScroll } from '../use-scroll.ts'
import css from './chat.module.css'
import { MessageRow } from './MessageRow.tsx'
import { OutgoingRow } from './OutgoingRow.tsx'

interface ConversationProps {
  requestId: string
  chat: Chat
  /** The chat was read anew since it is shown. */
  settled: boolean
  outgoing: readonly Outgoing[]
  me: string
  side: Side
  room: RoomState
  older: 'idle' | 'loading' | 'failed'
  onOlder: () => Promise<void>
  /** Goes up with each message that was written here: the reader wants to see it. */
  sentCount: number
  empty: ReactNode
}

export function Conversation(props: ConversationProps) {
  const { requestId, chat, settled, outgoing, me, side, room, older, onOlder, sentCount, empty } = props
  const { t } = useLingui()
  const box = useRef<HTMLElement>(null)
  const [atEndNow, setAtEndNow] = useState(true)
  const { line, clearLine } = useReading({ requestId, chat, settled, side, atEnd: atEndNow, room })
  const waiting = useMemo(() => notYetThere(outgoing, chat.items, me), [outgoing, chat.items, me])
  const rows = useMemo(() => rowsOf(chat.items, waiting, { unread: line, me }), [chat.items, waiting, line, me])
  const onNearTop = useCallback(() => {
    if (chat.older !== null && older === 'idle') void onOlder()
  }, [chat.older, older, onOlder])
  const scroll = useChatScroll(box, {
    first: chat.items[0]?.id ?? waiting[0]?.key,
    last: rows.at(-1)?.key,
    startAt: line === null ? null : 'unread',
    onNearTop,
  })
  useEffect(() => setAtEndNow(scroll.atEnd), [scroll.atEnd])
  const { toEnd } = scroll
  useEffect(() => {
    if (sentCount === 0) return
    clearLine()
    toEnd()
  }, [sentCount, clearLine, toEnd])

  return (
    <div className={css.stage}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard */}
      <section className={css.scroll} ref={box} tabIndex={0} aria-label={t`Messages`} onScroll={scroll.onScroll}>
        <div className={css.content}>
          <Older state={older} more={chat.older !== null} onOlder={() => void onOlder()} />
          {rows.length === 0 ? (
            empty
          ) : (
            <ol className={css.rows}>
              {rows.map((row) => (
                <li key={row.key} data-row={row.key} className={css.row}>
                  <RowOf row={row} side={side} me={me} />
                </li>
              ))}
            </ol>
          )}
        </div>
      </section>
      <ToEnd items={chat.items} side={side} atEnd={scroll.atEnd} onGo={toEnd} />
      <Announcer items={chat.items} side={side} />
    </div>
  )
}

function RowOf({ row, side, me }: { row: Row; side: Side; me: string }) {
  switch (row.kind) {
    case 'day':
      return <p className={css.day}>{formatDay(row.at)}</p>
    case 'unread':
      return (
        <p className={css.unread}>
          <Trans context="messages">New</Trans>
        </p>
      )
    case 'message':
      return <MessageRow message={row.message} head={row.head} side={side} me={me} />
    case 'outgoing':
      return <OutgoingRow item={row.item} head={row.head} />
  }
}

function Older({ state, more, onOlder }: { state: ConversationProps['older']; more: boolean; onOlder: () => void }) {
  if (!more) return null
  return (
    <p className={css.older}>
      <Button variant="subtle" size="compact-sm" loading={state === 'loading'} onClick={onOlder}>
        {state === 'failed' ? <Trans>Older messages did not come: try again</Trans> : <Trans>Older messages</Trans>}
      </Button>
    </p>
  )
}

interface ToEndProps {
  items: readonly Message[]
  side: Side
  atEnd: boolean
  onGo: () => void
}

/** Down to the end, and how many messages have come there meanwhile. */
function ToEnd({ items, side, atEnd, onGo }: ToEndProps) {
  const [leftAt, setLeftAt] = useState<string | null>(null)
  const newest = items.at(-1)?.id ?? null
  if (atEnd && leftAt !== newest) setLeftAt(newest)
  if (atEnd) return null
  const missed = items.filter((message) => isFromOther(message, side) && leftAt !== null && message.id > leftAt).length
  return (
    <Button
      className={css.toEnd}
      size="compact-sm"
      variant={missed > 0 ? 'filled' : 'default'}
      leftSection={<IconArrowDown size={14} aria-hidden />}
      onClick={onGo}
    >
      {missed > 0 ? <Plural value={missed} one="# new message" other="# new messages" /> : <Trans>To the end</Trans>}
    </Button>
  )
}

/** Tells screen readers of what the other side writes while the chat is open, not of what was there. */
function Announcer({ items, side }: { items: readonly Message[]; side: Side }) {
  const opened = useRef(items.at(-1)?.id ?? '')
  const newest = items.findLast((message) => isFromOther(message, side))
  const news = newest && newest.id > opened.current ? newest : null
  return (
    <p className="l-visually-hidden" aria-live="polite">
      {news && (
        <span key={news.id}>
          {news.sender?.name}: {news.message_text ?? <Trans>a message without text</Trans>}
        </span>
      )}
    </p>
  )
}
