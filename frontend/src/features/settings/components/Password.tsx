import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group, PasswordInput } from '@mantine/core'
import { IconCheck, IconCircle } from '@tabler/icons-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { ErrorSummary, Panel, problemsOf } from '~/ui/index.ts'
import { useChangePassword } from '../queries.ts'
import css from '../settings.module.css'

const MIN_LENGTH = 12
const FIELDS: Record<string, string> = { current_password: 'current-password', new_password: 'new-password' }

export function Password() {
  const { t } = useLingui()
  const me = useMe()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useChangePassword()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    change.mutate(
      { current_password: current, new_password: next },
      {
        onSuccess: () => {
          setCurrent('')
          setNext('')
        },
      },
    )
  }
  const problems = isProblem(change.error, 'invalid_credentials')
    ? [{ field: 'current-password', message: t`The current password is not right.` }]
    : change.error
      ? problemsOf(change.error, (name) => FIELDS[name])
      : []
  return (
    <Panel
      title={<Trans>Password</Trans>}
      note={<Trans>After the change every other session of yours is ended.</Trans>}
    >
      <form className={css.form} onSubmit={submit}>
        <ErrorSummary problems={problems} />
        {change.isSuccess && (
          <Alert color="teal" icon={<IconCheck size={18} />} role="status">
            <Trans>The password is changed. Sessions on other devices were ended.</Trans>
          </Alert>
        )}
        <input type="hidden" autoComplete="username" value={me.email} readOnly />
        <PasswordInput
          id="current-password"
          label={t`Current password`}
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          id="new-password"
          label={t`New password`}
          autoComplete="new-password"
          required
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          aria-describedby="password-rules"
        />
        <ul className={css.rules} id="password-rules">
          <Rule met={next.length >= MIN_LENGTH}>
            <Trans>At least {MIN_LENGTH} characters; a few words that do not belong together are good</Trans>
          </Rule>
          <Rule met={next !== '' && !next.toLowerCase().includes((me.email.split('@')[0] ?? '').toLowerCase())}>
            <Trans>Not your name or e-mail</Trans>
          </Rule>
          <Rule met={next !== '' && next !== current}>
            <Trans>Another one than now</Trans>
          </Rule>
        </ul>
        <Group>
          <Button type="submit" loading={change.isPending}>
            <Trans>Change the password</Trans>
          </Button>
        </Group>
      </form>
    </Panel>
  )
}

function Rule({ met, children }: { met: boolean; children: ReactNode }) {
  return (
    <li data-met={met}>
      {met ? <IconCheck size={14} aria-hidden /> : <IconCircle size={14} aria-hidden />}
      <span>{children}</span>
    </li>
  )
}
