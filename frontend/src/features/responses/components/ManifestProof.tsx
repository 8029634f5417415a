/** The manifest's hash, computed here, and its exact text. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCheck, IconDownload } from '@tabler/icons-react'
import { saveBlob } from '~/api/index.ts'
import { Hash } from '~/ui/index.ts'
import type { Check } from '../use-check.ts'
import css from './respond.module.css'
import { MANIFEST_FAULT_WORDS } from './words.ts'

export function ManifestProof({ check: { issued, checked, expired, renew } }: { check: Check }) {
  if (!issued || !checked) return null
  return (
    <div className={css.stack}>
      {checked.faults.length > 0 ? (
        <Faults faults={checked.faults} onRenew={renew} />
      ) : (
        <p className={css.proof}>
          <span className={css.dim}>SHA-256</span> <Hash value={checked.sha256} full />
          <span className={css.same}>
            <IconCheck size={14} stroke={2.2} aria-hidden />
            <Trans>computed in this browser, the same as the server's</Trans>
          </span>
        </p>
      )}
      {expired && checked.faults.length === 0 && (
        <div className={css.warn} role="status">
          <Trans>This manifest is older than ten minutes.</Trans>{' '}
          <Button size="compact-sm" variant="default" onClick={renew}>
            <Trans>Get a new one</Trans>
          </Button>
        </div>
      )}
      <ExactText text={issued.statement} name={checked.manifest?.response_number ?? 'response'} />
    </div>
  )
}

function Faults({ faults, onRenew }: { faults: NonNullable<Check['checked']>['faults']; onRenew: () => void }) {
  const { i18n } = useLingui()
  return (
    <div className={css.bad} role="alert">
      <p>
        <Trans>Do not send this. The manifest from the server does not fit what you see here:</Trans>
      </p>
      <ul>
        {faults.map((fault) => (
          <li key={fault}>{i18n._(MANIFEST_FAULT_WORDS[fault])}</li>
        ))}
      </ul>
      <Button size="compact-sm" variant="default" onClick={onRenew}>
        <Trans>Get a new one</Trans>
      </Button>
    </div>
  )
}

function ExactText({ text, name }: { text: string; name: string }) {
  const { t } = useLingui()
  return (
    <div className={css.exact}>
      <details>
        <summary>
          <Trans>The exact text</Trans>
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section tabIndex={0} aria-label={t`The exact text`}>
          <code>{text}</code>
        </section>
      </details>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={() => saveBlob(new Blob([text], { type: 'application/json' }), `${name}-manifest.json`)}
      >
        <Trans>Save it</Trans>
      </Button>
    </div>
  )
}
