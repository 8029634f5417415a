/** Giving a draft up: cancelled it stays to be seen, deleted it is gone from sight. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconBan, IconDots, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { keys } from '~/api/index.ts'
import { Dialog, ErrorSummary, MenuButton, problemsOf } from '~/ui/index.ts'
import type { DraftOut } from '../draft.ts'
import { useEndDraft } from '../queries.ts'
import type { Draft } from '../use-draft.ts'
import css from './wizard.module.css'

type Way = 'cancel' | 'delete'

export function EndDraft({ request, draft }: { request: DraftOut; draft: Draft }) {
  const { t } = useLingui()
  const [way, setWay] = useState<Way | null>(null)
  const { cancel, delete: remove } = request.abilities
  if (!cancel && !remove) return null
  return (
    <>
      <MenuButton
        entries={[
          ...(cancel
            ? [
                {
                  key: 'cancel',
                  label: t`Cancel this draft`,
                  icon: <IconBan size={16} />,
                  onSelect: () => setWay('cancel'),
                },
              ]
            : []),
          ...(remove
            ? [
                {
                  key: 'delete',
                  label: t`Delete this draft`,
                  icon: <IconTrash size={16} />,
                  danger: true,
                  onSelect: () => setWay('delete'),
                },
              ]
            : []),
        ]}
      >
        {(props) => (
          <ActionIcon {...props} variant="default" size={36} aria-label={t`More that can be done with this draft`}>
            <IconDots size={18} />
          </ActionIcon>
        )}
      </MenuButton>
      {way && <EndDialog way={way} request={request} draft={draft} onClose={() => setWay(null)} />}
    </>
  )
}

interface EndDialogProps {
  way: Way
  request: DraftOut
  draft: Draft
  onClose: () => void
}

function EndDialog({ way, request, draft, onClose }: EndDialogProps) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const cache = useQueryClient()
  const end = useEndDraft(request.id)
  const [reason, setReason] = useState('')
  const run = async () => {
    await draft.flush()
    end.mutate(
      { version: draft.version(), remove: way === 'delete', reason },
      {
        onSuccess: async () => {
          await navigate({ to: '/requests' })
          // Only now does nothing on the screen ask for it any more.
          cache.removeQueries({ queryKey: keys.requests.one(request.id) })
        },
      },
    )
  }
  return (
    <Dialog opened onClose={onClose} title={way === 'delete' ? t`Delete this draft?` : t`Cancel this draft?`}>
      <div className={css.main}>
        <ErrorSummary problems={problemsOf(end.error)} />
        <p className={css.hint}>
          {way === 'delete' ? (
            <Trans>{request.request_number} goes out of sight. Its number is not used again.</Trans>
          ) : (
            <Trans>{request.request_number} will not be sent. It stays in the list, as cancelled.</Trans>
          )}
        </p>
        {way === 'cancel' && (
          <Textarea
            label={t`Reason`}
            description={t`If there is something to say`}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <div className={css.buttons}>
          <Button color="red.9" loading={end.isPending} onClick={() => void run()}>
            {way === 'delete' ? <Trans>Delete</Trans> : <Trans>Cancel the draft</Trans>}
          </Button>
          <Button variant="default" onClick={onClose}>
            <Trans>Keep it</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
