/** The one dialog that asks for a fresh proof of identity. A call that needs one waits for it and then goes on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, PasswordInput, Text, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { api, call, isProblem } from '~/api/index.ts'
import { answerProof, onProofAsked, useMe } from '~/auth/index.ts'
import { ErrorSummary, problemsOf } from '../Forms.tsx'

export default function StepUp() {
  const { t } = useLingui()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [askCode, setAskCode] = useState(me.mfa_enrolled)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  useEffect(() => onProofAsked(setOpen), [])
  const close = (token: string | null) => {
    setPassword('')
    setCode('')
    setError(null)
    answerProof(token)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // The form stands inside a screen's form in React's tree, whose submit must not hear of this one.
    event.stopPropagation()
    setBusy(true)
    try {
      const answer = await call(
        api.POST('/api/v1/auth/step-up/', { body: { password, ...(askCode ? { totp_code: code } : {}) } }),
      )
      close(answer.access_token)
    } catch (problem) {
      if (isProblem(problem, 'mfa_required')) setAskCode(true)
      setError(problem)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={open} onClose={() => close(null)} title={<Trans>Confirm that it is you</Trans>}>
      <form onSubmit={(event) => void submit(event)}>
        <Text size="sm" mb="md">
          <Trans>This step needs a fresh proof of your identity. It is good for five minutes.</Trans>
        </Text>
        <ErrorSummary
          problems={
            isProblem(error, 'invalid_credentials')
              ? [{ field: 'proof-password', message: t`The password is not right.` }]
              : error
                ? problemsOf(error)
                : []
          }
        />
        <PasswordInput
          id="proof-password"
          data-autofocus
          label={t`Password`}
          autoComplete="current-password"
          required
          mt="sm"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {askCode && (
          <TextInput
            id="proof-code"
            label={t`Six-digit code`}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            mt="sm"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => close(null)}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={busy}>
            <Trans>Confirm</Trans>
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
