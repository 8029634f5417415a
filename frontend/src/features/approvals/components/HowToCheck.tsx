/** How somebody with this paper alone checks it, with tools that every forensic laboratory has. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Panel } from '~/ui/index.ts'
import css from './certificate.module.css'

export function HowToCheck() {
  const { t } = useLingui()
  return (
    <Panel title={t`How to check this certificate`} className={css.how}>
      <ol>
        <li>
          <Trans>
            Write the statement into a file as one line, exactly as printed, in UTF-8 and without a line break at its
            end. Its SHA-256 is the one printed under it.
          </Trans>
        </li>
        <li>
          <Trans>
            The seal is an Ed25519 signature (base64url) over the text “LERS-SEAL-v1”, one zero byte, and the statement.
            The key's fingerprint is the SHA-256 of its public key; compare it with the one that the operator of LERS
            publishes.
          </Trans>
        </li>
        <li>
          <Trans>
            The personal signature stands over the bytes of the statement alone: Ed25519, or ECDSA over P-256 with
            SHA-256 (ES256, both numbers one after the other). Ask the person who signed for the words of their key.
          </Trans>
        </li>
        <li>
          <Trans>
            The content hash in the statement covers all fields of the request, the mandate and the identifiers. LERS
            compares it with the request at each reading.
          </Trans>
        </li>
      </ol>
    </Panel>
  )
}
