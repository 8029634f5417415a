/** The field for the second step: six digits of an authenticator app, or a recovery code instead. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { digitsOf, isRecoveryCode, isWhole } from '~/domain/one-time-code.ts'
import css from './second-step.module.css'

export interface Code {
  text: string
  /** It is a recovery code, not the digits of an app. */
  recovery: boolean
}

export const NO_CODE: Code = { text: '', recovery: false }

interface CodeFieldProps {
  id: string
  code: Code
  onChange: (code: Code) => void
  /** Called with the six digits as soon as they are there. */
  onWhole?: (digits: string) => void
  /** A recovery code may be given instead. */
  recoverable?: boolean
  wrong?: boolean
  autoFocus?: boolean
  ref?: Ref<HTMLInputElement>
}

export function CodeField({ id, code, onChange, onWhole, recoverable = true, wrong, autoFocus, ref }: CodeFieldProps) {
  const { t } = useLingui()
  const type = (typed: string) => {
    if (code.recovery) return onChange({ ...code, text: typed })
    if (recoverable && isRecoveryCode(typed)) return onChange({ text: typed.trim(), recovery: true })
    const digits = digitsOf(typed)
    onChange({ text: digits, recovery: false })
    if (isWhole(digits) && digits !== code.text) onWhole?.(digits)
  }
  const change = () => {
    onChange({ text: '', recovery: !code.recovery })
    document.getElementById(id)?.focus()
  }
  return (
    <div className={css.field}>
      <TextInput
        id={id}
        ref={ref}
        className={code.recovery ? css.recovery : css.digits}
        label={code.recovery ? t`Recovery code` : t`Six-digit code`}
        description={
          code.recovery
            ? t`One of the ten codes that you kept. Each is good once.`
            : t`From your authenticator app, at the entry LERS.`
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode={code.recovery ? 'text' : 'numeric'}
        autoComplete={code.recovery ? 'off' : 'one-time-code'}
        autoCapitalize="none"
        spellCheck={false}
        required
        error={wrong}
        autoFocus={autoFocus}
        value={code.text}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {recoverable && (
        <Anchor component="button" type="button" size="sm" className={css.other} onClick={change}>
          {code.recovery ? <Trans>Use a code of the app</Trans> : <Trans>Use a recovery code</Trans>}
        </Anchor>
      )}
    </div>
  )
}
