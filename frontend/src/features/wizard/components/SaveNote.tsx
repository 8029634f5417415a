/** Whether what was typed is kept, said all the time and without noise. */
import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react'
import clsx from 'clsx'
import { Problem } from '~/api/index.ts'
import { formatTime } from '~/i18n/index.ts'
import { CopyText } from '~/ui/index.ts'
import type { Draft } from '../use-draft.ts'
import css from './wizard.module.css'

export function SaveNote({ draft }: { draft: Draft }) {
  const { save, flush } = draft
  if (save.state === 'failed') return <Failed error={save.error} onRetry={() => void flush()} />
  return (
    <p className={css.note} role="status">
      {save.state === 'saved' ? <IconCloudCheck size={16} aria-hidden /> : <IconCloudUp size={16} aria-hidden />}
      <span className={css.optional}>
        {save.state === 'saved' && save.at !== null && <Trans>Saved {formatTime(save.at)}</Trans>}
        {save.state === 'saved' && save.at === null && <Trans>Everything is saved</Trans>}
        {(save.state === 'waiting' || save.state === 'saving') && <Trans>Saving…</Trans>}
        {save.state === 'conflict' && <Trans>Changed elsewhere</Trans>}
      </span>
    </p>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = error instanceof Problem ? error : null
  const sentences = Object.values(problem?.fields ?? {}).flat()
  return (
    <div role="alert">
      <p className={clsx(css.note, css.bad)}>
        <IconAlertTriangle size={16} aria-hidden />
        <span>
          {problem?.offline ? (
            <Trans>Not saved: there is no connection. It is kept here and saved once there is one.</Trans>
          ) : (
            <>
              <Trans>Not saved.</Trans> {sentences.length > 0 ? sentences.join(' ') : problem?.message}
            </>
          )}
        </span>
      </p>
      <div className={css.buttons}>
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
        {problem?.requestId && (
          <span className={css.hint}>
            <Trans>Request id</Trans> <CopyText value={problem.requestId} />
          </span>
        )}
      </div>
    </div>
  )
}
