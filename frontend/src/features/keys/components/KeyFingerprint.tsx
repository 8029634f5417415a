/** A key's fingerprint: words to read out, and the whole of it in hex. */
import { useLingui } from '@lingui/react/macro'
import { fingerprintGroups, fingerprintWords } from '~/crypto/index.ts'
import css from './keys.module.css'

interface KeyFingerprintProps {
  fingerprint: string
  /** Words only: where the hex stands beside it anyway. */
  short?: boolean
}

export function KeyFingerprint({ fingerprint, short }: KeyFingerprintProps) {
  const { t } = useLingui()
  return (
    <div className={css.fingerprint}>
      <ol className={css.words} aria-label={t`Fingerprint in words`} lang="en">
        {fingerprintWords(fingerprint).map((word, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice; its place is its identity
          <li key={place}>{word}</li>
        ))}
      </ol>
      {!short && <code className={css.hex}>{fingerprintGroups(fingerprint)}</code>}
    </div>
  )
}
