/** All decisions on a request, each with its verdict and how it was reached. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { IconCertificate, IconChecklist } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fingerprintShort, readApprovalStatement } from '~/crypto/index.ts'
import type { Tone } from '~/domain/status.ts'
import { approvalsQuery } from '~/features/requests/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { EmptyState, Hash, Person, QueryState, Time, ToneBadge } from '~/ui/index.ts'
import type { Approval } from '../route.ts'
import css from './approvals.module.css'
import { Checks, VerdictBadge } from './Checks.tsx'
import { ExactBytes, StatementFacts } from './StatementFacts.tsx'

interface ApprovalsListProps {
  requestId: string
  /** The certificate is a page of the law-enforcement portal. */
  certificate?: boolean
}

export function ApprovalsList({ requestId, certificate = false }: ApprovalsListProps) {
  const query = useQuery(approvalsQuery(requestId))
  return (
    <QueryState query={query} lines={3}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<IconChecklist size={22} stroke={1.6} />} title={<Trans>No decision yet</Trans>}>
            <Trans>Each approval stands here with its seal and signature, and with a check of both.</Trans>
          </EmptyState>
        ) : (
          <div className={css.list}>
            <ol className={css.decisions}>
              {items.map((approval) => (
                <Decision key={approval.id} approval={approval} />
              ))}
            </ol>
            {certificate && (
              <Anchor
                component={Link}
                to={`/requests/${requestId}/certificate` as string}
                className={css.certificateLink}
              >
                <IconCertificate size={18} aria-hidden />
                <Trans>Certificate to print</Trans>
              </Anchor>
            )}
          </div>
        )
      }
    </QueryState>
  )
}

const ACTION_TONE: Record<Approval['action'], Tone> = { APPROVE: 'good', REJECT: 'bad', REQUEST_CHANGES: 'warn' }

function Decision({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <li className={css.decision}>
      <div className={css.decisionHead}>
        <ToneBadge tone={ACTION_TONE[approval.action]}>{term('decision', approval.action)}</ToneBadge>
        <span className={css.who}>
          <Person person={approval.approver} />
        </span>
        <span className={css.dim}>
          {approval.action === 'APPROVE' && <>{t`Level ${approval.level}`} · </>}
          <Time at={approval.action_timestamp} style="datetime" />
        </span>
        {!approval.current && (
          <ToneBadge tone="quiet">
            <Trans>On an earlier version</Trans>
          </ToneBadge>
        )}
        <span className={css.push}>
          <VerdictBadge approval={approval} />
        </span>
      </div>
      {approval.on_behalf_of && (
        <p className={css.line}>
          <Trans>
            On behalf of <Person person={approval.on_behalf_of} />
          </Trans>
        </p>
      )}
      {approval.comments && <blockquote className={css.comments}>{approval.comments}</blockquote>}
      <HowChecked approval={approval} />
    </li>
  )
}

function HowChecked({ approval }: { approval: Approval }) {
  const said = readApprovalStatement(approval.statement)
  return (
    <details className={css.how}>
      <summary>
        {approval.signature ? (
          <Trans>Signed with the key {fingerprintShort(approval.signature.fingerprint)}, and sealed by LERS</Trans>
        ) : (
          <Trans>Sealed by LERS</Trans>
        )}
      </summary>
      <div className={css.howBody}>
        <Checks approval={approval} />
        {said && <StatementFacts statement={said} />}
        <p className={css.line}>
          SHA-256 <Hash value={approval.signature_hash} />
        </p>
        <ExactBytes statement={approval.statement} />
      </div>
    </details>
  )
}
