/** Who vouches for the response: the server's seal always, the sender's own signature where one was given. */
import { Trans, useLingui } from '@lingui/react/macro'
import { fingerprintShort, type StepVerdict } from '~/crypto/index.ts'
import { KeyFingerprint } from '~/features/keys/index.ts'
import { formatExact } from '~/i18n/index.ts'
import { Facts, Hash, Panel } from '~/ui/index.ts'
import type { LersResponse } from '../queries.ts'
import type { Verification } from '../use-verification.ts'
import css from './review.module.css'
import { SaveManifest } from './SaveManifest.tsx'

interface SignatureFactsProps {
  response: LersResponse
  verification: Verification
}

export function SignatureFacts({ response, verification }: SignatureFactsProps) {
  const { t } = useLingui()
  const { kept, steps } = verification
  if (!kept) return null
  const verdictOf = (name: 'seal' | 'signature') => steps.find(({ step }) => step === name)?.verdict
  return (
    <Panel title={t`Signature and seal`} actions={<SaveManifest kept={kept} />}>
      <div className={css.stack}>
        <Signature response={response} verdict={verdictOf('signature')} />
        <SealFacts verification={verification} verdict={verdictOf('seal')} />
      </div>
    </Panel>
  )
}

function Signature({ response, verdict }: { response: LersResponse; verdict?: StepVerdict }) {
  const { t } = useLingui()
  const { signature, submitted_by: person, response_number: number } = response
  if (!signature) {
    return (
      <p className={css.sentence}>
        <Trans>
          {person.name} sent it without a personal signature. The seal of LERS below says when it came and that it has
          not been changed since.
        </Trans>
      </p>
    )
  }
  const at = formatExact(signature.signed_at)
  return (
    <div className={css.stackSmall}>
      <p className={css.sentence}>
        {verdict === 'valid' ? (
          <Trans>
            <strong>{person.name}</strong> signed the manifest of {number} on {at}, with the key below. The signature
            fits: it stands for every file, outcome and text that the manifest lists.
          </Trans>
        ) : (
          <Trans>
            <strong>The signature does not fit.</strong> It was given in the name of {person.name} on {at}, but not over
            this manifest, or not with this key.
          </Trans>
        )}
      </p>
      <Facts
        rows={[
          [t`Signed by`, person.rank ? `${person.name}, ${person.rank}` : person.name],
          [t`Signed at`, at],
          [t`Algorithm`, signature.algorithm],
          [t`Key`, <KeyFingerprint key="key" fingerprint={signature.fingerprint} />],
        ]}
      />
    </div>
  )
}

function SealFacts({
  verification: { kept, sealKey },
  verdict,
}: {
  verification: Verification
  verdict?: StepVerdict
}) {
  const { t } = useLingui()
  if (!kept) return null
  return (
    <div className={css.stackSmall}>
      <p className={css.sentence}>
        {verdict === 'valid' && (
          <Trans>LERS sealed the manifest when the response came. The seal fits what is shown here.</Trans>
        )}
        {verdict === 'altered' && (
          <Trans>
            <strong>The seal does not fit the manifest.</strong> One of them was changed after the response came.
          </Trans>
        )}
        {verdict === 'unknown_key' && (
          <Trans>The key of the seal is not among those that LERS publishes, so the seal cannot be judged.</Trans>
        )}
      </p>
      <Facts
        rows={[
          [t`Key of the seal`, kept.seal.kid],
          [t`Its fingerprint`, sealKey ? fingerprintShort(sealKey.fingerprint, 16) : null],
          [t`Algorithm`, 'Ed25519'],
          [t`SHA-256 sealed`, <Hash key="hash" value={kept.sha256} full />],
        ]}
      />
    </div>
  )
}
