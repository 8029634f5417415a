/** Where one writes: text and files, kept as a draft until they are sent. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, Textarea } from '@mantine/core'
import { IconHelpCircle, IconSend2 } from '@tabler/icons-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import { formatNumber } from '~/i18n/index.ts'
import { type Outgoing, outbox, type Typing } from '~/realtime/index.ts'
import { actionOf, lastToEdit, MOST_CHARACTERS, NEARLY, type Readiness, readiness } from '../composing.ts'
import { type Chat, newestId } from '../messages.ts'
import { useAttachments } from '../use-attachments.ts'
import { useDraft } from '../use-draft.ts'
import { useEnterSends } from '../use-enter-sends.ts'
import { AttachButton, AttachmentList } from './Attachments.tsx'
import css from './chat.module.css'

/** The id of the field, for the key that leads to the chat. */
export const CHAT_FIELD_ID = 'chat-message'

interface ComposerProps {
  requestId: string
  chat: Chat
  outgoing: readonly Outgoing[]
  me: string
  typing: Typing
  onAsk?: () => void
  onSent: () => void
}

export function Composer({ requestId, chat, outgoing, me, typing, onAsk, onSent }: ComposerProps) {
  const { t } = useLingui()
  const { draft, keep, clear } = useDraft(me, requestId)
  const [enterSends, setEnterSends] = useEnterSends()
  const field = useRef<HTMLTextAreaElement>(null)
  const files = useAttachments(draft.files, keep)
  const scans = files.attached.map(({ scan }) => scan)
  const ready = readiness(draft, scans, files.uploads.length)
  const drop = useDrop(files.attach)

  const send = () => {
    if (ready !== 'ready') return
    outbox.add({ request_id: requestId, text: draft.text.trim(), files: draft.files, after: newestId(chat) })
    clear()
    typing.stopped()
    onSent()
    field.current?.focus()
  }
  const editLast = (): boolean => {
    const found = lastToEdit(outgoing)
    const taken = found && outbox.take(found.key)
    if (taken) keep(() => ({ text: taken.text, files: taken.files }))
    return Boolean(taken)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const action = actionOf(event, { enterSends, empty: draft.text === '' })
    if (action === 'send') send()
    else if (action === 'leave') event.currentTarget.blur()
    else if (action !== 'edit' || !editLast()) return
    event.preventDefault()
  }

  return (
    <form
      className={css.composer}
      {...drop}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <AttachmentList {...files} />
      <Textarea
        ref={field}
        id={CHAT_FIELD_ID}
        aria-label={t`Message`}
        placeholder={t`Write a message`}
        minRows={2}
        maxRows={8}
        maxLength={MOST_CHARACTERS}
        value={draft.text}
        aria-keyshortcuts={enterSends ? 'Enter' : 'Control+Enter'}
        onChange={(event) => {
          const { value } = event.currentTarget
          keep((before) => ({ ...before, text: value }))
          if (value.trim()) typing.typed()
          else typing.stopped()
        }}
        onBlur={typing.stopped}
        onKeyDown={onKeyDown}
      />
      <Hint ready={ready} length={draft.text.length} />
      <div className={css.tools}>
        <AttachButton {...files} />
        {onAsk && (
          <Button variant="default" leftSection={<IconHelpCircle size={16} aria-hidden />} onClick={onAsk}>
            <Trans>Ask a question</Trans>
          </Button>
        )}
        <Button
          type="submit"
          className={css.send}
          rightSection={<IconSend2 size={16} aria-hidden />}
          disabled={ready !== 'ready'}
        >
          <Trans>Send</Trans>
        </Button>
      </div>
      <Checkbox
        size="xs"
        className={css.enter}
        label={t`Enter sends; Shift+Enter begins a line`}
        checked={enterSends}
        onChange={(event) => setEnterSends(event.currentTarget.checked)}
      />
    </form>
  )
}

function Hint({ ready, length }: { ready: Readiness; length: number }) {
  const left = formatNumber(MOST_CHARACTERS - length)
  return (
    <p className={css.hint} role="status">
      {ready === 'uploading' && <Trans>A file is not there yet. Wait for it, or remove it.</Trans>}
      {ready === 'scanning' && <Trans>The files are being scanned for viruses. Then the message can be sent.</Trans>}
      {ready === 'unusable' && <Trans>A file cannot be sent. Remove it to go on.</Trans>}
      {length > NEARLY && <Trans>{left} characters left</Trans>}
    </p>
  )
}

/** Files may be dropped on the whole field; the button does the same. */
function useDrop(attach: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false)
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(false)
      attach([...event.dataTransfer.files])
    },
  }
}
