/** The dialog in which the second step is set up, gets new codes, or is switched off. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import { type Enrolment, useRemove, useRenewCodes } from '../queries.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SetUpApp } from './SetUpApp.tsx'
import css from './second-step.module.css'

export type Task = 'app' | 'codes' | 'remove'

interface TasksProps {
  task: Task | null
  enrolment: Enrolment | undefined
  onAgain: () => void
  busyAgain: boolean
  onClose: () => void
}

export function Tasks({ task, enrolment, onAgain, busyAgain, onClose }: TasksProps) {
  const { t } = useLingui()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const titles: Record<Task, string> = {
    app: t`Set up an authenticator app`,
    codes: t`New recovery codes`,
    remove: t`Switch the second step off`,
  }
  const close = () => {
    setCodes(null)
    onClose()
  }
  return (
    <Dialog
      opened={task !== null}
      // What is shown only once goes when the person says that they have it.
      onClose={() => codes === null && close()}
      withCloseButton={codes === null}
      closeOnClickOutside={false}
      title={task ? titles[task] : ''}
      size="lg"
    >
      {codes ? (
        <RecoveryCodes codes={codes} onKept={close} />
      ) : task === 'app' && enrolment ? (
        <SetUpApp
          key={enrolment.secret}
          enrolment={enrolment}
          onConfirmed={setCodes}
          onAgain={onAgain}
          busyAgain={busyAgain}
        />
      ) : task === 'codes' ? (
        <RenewCodes onMade={setCodes} onCancel={close} />
      ) : task === 'remove' ? (
        <SwitchOff onDone={close} />
      ) : null}
    </Dialog>
  )
}

function RenewCodes({ onMade, onCancel }: { onMade: (codes: readonly string[]) => void; onCancel: () => void }) {
  const renew = useRenewCodes()
  return (
    <div className={css.stack}>
      <ErrorSummary problems={renew.error ? problemsOf(renew.error) : []} />
      <p className={css.text}>
        <Trans>You get ten new codes. All older ones stop working at once.</Trans>
      </p>
      <div className={css.end}>
        <Button variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
        <Button data-autofocus loading={renew.isPending} onClick={() => renew.mutate(undefined, { onSuccess: onMade })}>
          <Trans>Make ten new codes</Trans>
        </Button>
      </div>
    </div>
  )
}

function SwitchOff({ onDone }: { onDone: () => void }) {
  const remove = useRemove()
  return (
    <div className={css.stack}>
      <ErrorSummary problems={remove.error ? problemsOf(remove.error) : []} />
      <p className={css.text}>
        <Trans>
          From then on your password alone signs you in. The app's entry and all recovery codes stop working, and your
          other sessions end.
        </Trans>
      </p>
      <div className={css.end}>
        <Button variant="default" data-autofocus onClick={onDone}>
          <Trans>Keep it on</Trans>
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined, { onSuccess: onDone })}>
          <Trans>Switch off</Trans>
        </Button>
      </div>
    </div>
  )
}
