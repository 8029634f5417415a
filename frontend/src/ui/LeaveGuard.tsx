/** Asks before what is not saved is left. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { Dialog } from './Dialog.tsx'
import css from './leave.module.css'

export function LeaveGuard({ unsaved }: { unsaved: boolean }) {
  const { t } = useLingui()
  const blocker = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: unsaved, withResolver: true })
  const asking = blocker.status === 'blocked'
  return (
    <Dialog opened={asking} onClose={() => blocker.reset?.()} title={t`Leave without saving?`}>
      <div className={css.box}>
        <p className={css.text}>
          <Trans>What you changed here is not saved. It is lost when you leave.</Trans>
        </p>
        <div className={css.buttons}>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            <Trans>Stay here</Trans>
          </Button>
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            <Trans>Leave</Trans>
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
