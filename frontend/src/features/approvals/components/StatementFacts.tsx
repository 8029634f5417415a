/** What a statement says, in words, and its exact bytes for whoever wants them. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ApprovalStatement } from '~/crypto/index.ts'
import { formatExact, useTerm } from '~/i18n/index.ts'
import { CopyText, Facts, Hash } from '~/ui/index.ts'
import css from './approvals.module.css'

export function StatementFacts({ statement, full }: { statement: ApprovalStatement; full?: boolean }) {
  const { t } = useLingui()
  const term = useTerm()
  const { signer, on_behalf_of: behalf } = statement
  const who = [signer.name, signer.rank, signer.badge_number, signer.unit, signer.tenant.name]
  return (
    <Facts
      rows={[
        [t`Decision`, term('decision', statement.decision)],
        [t`Request`, t`${statement.request_number}, version ${statement.version}`],
        [t`Level`, statement.level],
        [t`Signed by`, who.filter(Boolean).join(', ')],
        [t`On behalf of`, behalf ? [behalf.name, behalf.rank].filter(Boolean).join(', ') : null],
        [t`Time`, formatExact(statement.time)],
        [t`Content of the request`, <Hash key="content" value={statement.content_hash} full={full} />],
        [
          t`Comments (SHA-256)`,
          statement.comments_sha256 && <Hash key="comments" value={statement.comments_sha256} full={full} />,
        ],
      ]}
    />
  )
}

export function ExactBytes({ statement }: { statement: string }) {
  return (
    <details className={css.bytes}>
      <summary>
        <Trans>The exact text that is signed</Trans>
      </summary>
      <CopyText value={statement} />
    </details>
  )
}
