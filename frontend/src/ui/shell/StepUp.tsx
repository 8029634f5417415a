/** The one dialog that asks for a fresh proof of identity. A call that needs one waits for it and then goes on. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { api, call, isProblem } from '~/api/index.ts'
import { answerProof, onProofAsked, useMe } from '~/auth/index.ts'
import { ErrorSummary, problemsOf } from '../Forms.tsx'
import { ClockHint, HINT_AFTER } from '../second-step/ClockHint.tsx'
import { CodeField, NO_CODE } from '../second-step/CodeField.tsx'

export default function StepUp() {
  const { t } = useLingui()
  const me = useMe()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState(NO_CODE)
  // It may have been set up elsewhere, since the profile was read.
  const [demanded, setDemanded] = useState(false)
  const askCode = me.mfa_enrolled === true || demanded
  const [wrong, setWrong] = useState(0)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  useEffect(() => onProofAsked(setOpen), [])
  const close = (token: string | null) => {
    setPassword('')
    setCode(NO_CODE)
    setWrong(0)
    setError(null)
    answerProof(token)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // The form stands inside a screen's form in React's tree, whose submit must not hear of this one.
    event.stopPropagation()
    void send(code.text)
  }
  const send = async (text: string) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      const answer = await call(
        api.POST('/api/v1/auth/step-up/', { body: { password, ...(askCode ? { totp_code: text.trim() } : {}) } }),
      )
      close(answer.access_token)
    } catch (problem) {
      if (isProblem(problem, 'mfa_required') && !askCode) setDemanded(true)
      else setError(problem)
      if (isProblem(problem, 'invalid_credentials')) setWrong((before) => before + 1)
      // A code is good once: what was sent is of no use any more, unless it never arrived.
      if (!isProblem(problem) || !problem.retryable) setCode((before) => ({ ...before, text: '' }))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={open} onClose={() => close(null)} title={<Trans>Confirm that it is you</Trans>}>
      <form onSubmit={submit}>
        <Text size="sm" mb="md">
          <Trans>This step needs a fresh proof of your identity. It is good for five minutes.</Trans>
        </Text>
        <ErrorSummary
          problems={
            isProblem(error, 'invalid_credentials')
              ? [
                  askCode
                    ? {
                        field: 'proof-code',
                        message: t`The password or the code is not right. A code is good once: type the next one.`,
                      }
                    : { field: 'proof-password', message: t`The password is not right.` },
                ]
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
          <Stack gap="sm" mt="sm">
            {wrong >= HINT_AFTER && !code.recovery && <ClockHint />}
            <CodeField
              id="proof-code"
              code={code}
              onChange={setCode}
              onWhole={(digits) => password && void send(digits)}
            />
          </Stack>
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
