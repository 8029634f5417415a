/** A decision that the server did not take: nothing has changed, and why. */
import { Trans } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import { isProblem } from '~/api/index.ts'
import { CopyText } from '~/ui/index.ts'
import css from './sign.module.css'

export function Refused({ error }: { error: unknown }) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is told anew
  useEffect(() => box.current?.focus(), [error])
  return (
    <div className={css.bad} role="alert" tabIndex={-1} ref={box}>
      <p>
        <strong>
          <Title error={error} />
        </strong>
      </p>
      <p>{explain(error)}</p>
      {isProblem(error) && error.requestId && (
        <p className={css.dim}>
          <Trans>Request id</Trans> <CopyText value={error.requestId} />
        </p>
      )}
    </div>
  )
}

function Title({ error }: { error: unknown }) {
  if (isProblem(error, 'signature_invalid')) return <Trans>The signature was refused. Nothing has changed.</Trans>
  if (isProblem(error) && error.offline)
    return <Trans>No answer from LERS. Look whether your decision has arrived.</Trans>
  return <Trans>Your decision was not taken. Nothing has changed.</Trans>
}

function explain(error: unknown) {
  if (!isProblem(error)) return String(error)
  if (error.offline) return <Trans>Load the page again: the list of decisions tells. Then go on from there.</Trans>
  if (error.status === 412)
    return <Trans>The request was changed while you looked at it. It is shown anew: read it again.</Trans>
  if (error.code === 'step_up_required')
    return <Trans>It needs a fresh proof that it is you. Try again and confirm.</Trans>
  return [
    error.message,
    ...Object.values(error.fields)
      .flat()
      .filter((each) => each !== error.message),
  ].join(' ')
}
