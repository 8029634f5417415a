/** The section of the settings about the second step of one's own sign-in. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readMe } from '~/auth/index.ts'
import { EmptyState, ErrorSummary, Facts, Panel, problemsOf, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import { type Mfa, mfaQuery, useEnrol } from '../queries.ts'
import css from './second-step.module.css'
import { type Task, Tasks } from './Tasks.tsx'

export function SecondStepSettings() {
  const query = useQuery(mfaQuery)
  const [task, setTask] = useState<Task | null>(null)
  const enrol = useEnrol()
  // The key is made first: replacing an app asks who it is, and the dialog opens on what then came.
  const begin = () => enrol.mutate(undefined, { onSuccess: () => setTask('app') })
  const close = () => {
    setTask(null)
    enrol.reset()
    // From now on a proof of identity asks for the code as well, or no more.
    void readMe().catch(() => undefined)
  }
  return (
    <>
      <Panel
        title={<Trans>Second step</Trans>}
        note={<Trans>A code of your phone besides the password: a stolen password alone then opens nothing.</Trans>}
      >
        <div className={css.stack}>
          <ErrorSummary problems={enrol.error && !task ? problemsOf(enrol.error) : []} />
          <QueryState query={query} lines={4}>
            {(mfa) =>
              mfa.enrolled ? (
                <SetUp mfa={mfa} busy={enrol.isPending} onReplace={begin} onTask={setTask} />
              ) : (
                <NotYet busy={enrol.isPending} onBegin={begin} />
              )
            }
          </QueryState>
        </div>
      </Panel>
      <Lost />
      <Tasks task={task} enrolment={enrol.data} onAgain={begin} busyAgain={enrol.isPending} onClose={close} />
    </>
  )
}

function NotYet({ busy, onBegin }: { busy: boolean; onBegin: () => void }) {
  return (
    <EmptyState
      icon={<IconDeviceMobile size={22} stroke={1.6} />}
      title={<Trans>Your password alone signs you in</Trans>}
      action={
        <Button loading={busy} onClick={onBegin}>
          <Trans>Set up an authenticator app</Trans>
        </Button>
      }
    >
      <Trans>Set up an app on your phone. It takes a minute, and your other sessions end.</Trans>
    </EmptyState>
  )
}

const FEW = 3

interface SetUpProps {
  mfa: Mfa
  busy: boolean
  onReplace: () => void
  onTask: (task: Task) => void
}

function SetUp({ mfa, busy, onReplace, onTask }: SetUpProps) {
  const { t } = useLingui()
  const { recovery_codes_left: left, abilities } = mfa
  return (
    <>
      <Facts
        rows={[
          [
            t`State`,
            <ToneBadge key="state" tone="good" dot>
              <Trans>On</Trans>
            </ToneBadge>,
          ],
          [t`Set up`, <Time key="at" at={mfa.enrolled_at} style="datetime" />],
          [
            t`Recovery codes`,
            <ToneBadge key="left" tone={left <= FEW ? 'warn' : 'quiet'}>
              <Plural value={left} _0="None left" one="# of 10 left" other="# of 10 left" />
            </ToneBadge>,
          ],
        ]}
      />
      {left <= FEW && (
        <p className={css.text}>
          <Trans>Few codes are left. Make new ones before the day when you need them.</Trans>
        </p>
      )}
      <div className={css.actions}>
        {abilities.renew && (
          <Button variant="default" onClick={() => onTask('codes')}>
            <Trans>New recovery codes…</Trans>
          </Button>
        )}
        {abilities.enrol && (
          <Button variant="default" loading={busy} onClick={onReplace}>
            <Trans>Set up another phone…</Trans>
          </Button>
        )}
        {abilities.remove && (
          <Button variant="default" className={css.danger} onClick={() => onTask('remove')}>
            <Trans>Switch off…</Trans>
          </Button>
        )}
      </div>
      {mfa.required && (
        <p className={css.dim}>
          <Trans>Your organisation demands a second step, so it cannot be switched off.</Trans>
        </p>
      )}
    </>
  )
}

function Lost() {
  return (
    <Panel title={<Trans>When the phone is lost</Trans>}>
      <ul className={css.points}>
        <li>
          <Trans>
            Sign in with a recovery code, then set up the new phone here. The old one is of no use from then on.
          </Trans>
        </li>
        <li>
          <Trans>
            Without phone and codes, ask your administrator: an operator of LERS resets the second step, and you set it
            up anew.
          </Trans>
        </li>
        <li>
          <Trans>Nobody of LERS ever asks you for a code. Tell none to anybody, on the telephone neither.</Trans>
        </li>
      </ul>
    </Panel>
  )
}
