/** The sentence that an approver stands for. */
import { Trans } from '@lingui/react/macro'
import { useMe } from '~/auth/index.ts'
import type { ApprovalStatement } from '~/crypto/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { useTerm } from '~/i18n/index.ts'
import css from './sign.module.css'

interface SentenceProps {
  request: LersRequest
  statement: ApprovalStatement | null
}

export function Sentence({ request, statement }: SentenceProps) {
  const me = useMe()
  const term = useTerm()
  const name = [me.name, me.rank].filter(Boolean).join(', ')
  const what = term('requestType', request.request_type)
  const number = request.request_number
  const provider = request.provider_tenant.name
  const behalf = statement?.on_behalf_of
  const principal = behalf ? [behalf.name, behalf.rank].filter(Boolean).join(', ') : ''
  const level = statement?.level
  const levels = request.approval_route?.length ?? 1
  return (
    <blockquote className={css.sentence}>
      {behalf ? (
        <Trans>
          I, {name}, approve on behalf of {principal} the request {number} to {provider} for: {what}.
        </Trans>
      ) : (
        <Trans>
          I, {name}, approve the request {number} to {provider} for: {what}.
        </Trans>
      )}
      {level && levels > 1 && (
        <span className={css.sentenceLevel}>
          <Trans>
            This is level {level} of {levels}.
          </Trans>
        </span>
      )}
    </blockquote>
  )
}
