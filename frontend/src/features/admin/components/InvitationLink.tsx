/** The link by which a person sets their first password: shown this once, to be handed over. */
import { Trans } from '@lingui/react/macro'
import type { Schema } from '~/api/index.ts'
import { formatDateTime } from '~/i18n/index.ts'
import { CopyText } from '~/ui/index.ts'
import css from './admin.module.css'

export function InvitationLink({ invitation }: { invitation: Schema<'InvitationOut'> }) {
  return (
    <div className={css.form} role="status">
      <p className={css.text}>
        <Trans>
          Hand this link to {invitation.email}, by a way that only they read. It sets the password once, until{' '}
          {formatDateTime(invitation.expires_at)} IST, and is shown here only now.
        </Trans>
      </p>
      <span className={css.link}>
        <CopyText value={invitation.link} />
      </span>
    </div>
  )
}
