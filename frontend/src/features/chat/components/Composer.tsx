/** Where one writes: text and files, kept as a draft until they are sent. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Checkbox, Textarea, Tooltip } from '@mantine/core'
import { IconHelpCircle, IconPaperclip, IconSend2 } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { fileQuery, Uploader } from '~/features/files/index.ts'
import { formatNumber } from '~/i18n/index.ts'
import { type Outgoing, outbox, type Typing } from '~/realtime/index.ts'
import { actionOf, lastToEdit, MOST_CHARACTERS, NEARLY, readiness } from '../composing.ts'
import { type Chat, newestId } from '../messages.ts'
import { useDraft } from '../use-draft.ts'
import { useEnterSends } from '../use-enter-sends.ts'
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
  const [attaching, setAttaching] = useState(draft.files.length > 0)
  const field = useRef<HTMLTextAreaElement>(null)
  const files = useQueries({ queries: draft.files.map(({ id }) => fileQuery(id)) })
  const ready = readiness(
    draft,
    files.map(({ data }) => data?.scan_status),
  )

  const send = () => {
    if (ready !== 'ready') return
    outbox.add({ request_id: requestId, text: draft.text.trim(), files: draft.files, after: newestId(chat) })
    clear()
    setAttaching(false)
    typing.stopped()
    onSent()
    field.current?.focus()
  }
  const editLast = (): boolean => {
    const found = lastToEdit(outgoing)
    const taken = found && outbox.take(found.key)
    if (!taken) return false
    keep(() => ({ text: taken.text, files: taken.files }))
    setAttaching(taken.files.length > 0)
    return true
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
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {attaching && (
        <Uploader
          purpose="CHAT"
          multiple
          label={<Trans>Choose files</Trans>}
          files={draft.files.map(({ id }) => id)}
          onUploaded={({ id, filename, size }) =>
            keep((before) => ({ ...before, files: [...before.files, { id, filename, size }] }))
          }
          onRemove={(id) => keep((before) => ({ ...before, files: before.files.filter((file) => file.id !== id) }))}
        />
      )}
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
        <Tooltip label={t`Attach files`}>
          <ActionIcon
            size="lg"
            onClick={() => setAttaching(!attaching)}
            aria-label={t`Attach files`}
            aria-expanded={attaching}
          >
            <IconPaperclip size={18} />
          </ActionIcon>
        </Tooltip>
        {onAsk && (
          <Button
            variant="default"
            leftSection={<IconHelpCircle size={16} aria-hidden />}
            onClick={onAsk}
          >
            <Trans>Ask a question</Trans>
          </Button>
        )}
        <Button type="submit" className={css.send} rightSection={<IconSend2 size={16} aria-hidden />} disabled={ready !== 'ready'}>
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

function Hint({ ready, length }: { ready: ReturnType<typeof readiness>; length: number }) {
  const left = formatNumber(MOST_CHARACTERS - length)
  return (
    <p className={css.hint} role="status">
      {ready === 'scanning' && <Trans>The files are being scanned for viruses. Then the message can be sent.</Trans>}
      {ready === 'unusable' && <Trans>A file cannot be sent. Remove it to go on.</Trans>}
      {length > NEARLY && <Trans>{left} characters left</Trans>}
    </p>
  )
}
