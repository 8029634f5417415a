/** What the verification says, in one sentence, and every step of it: here and at the server. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconHourglass,
  IconShieldCheck,
  IconShieldExclamation,
  IconShieldHalf,
  IconShieldX,
} from '@tabler/icons-react'
import clsx from 'clsx'
import { Keys } from '~/ui/hotkeys.tsx'
import { ErrorState, Loading, Panel } from '~/ui/index.ts'
import type { Verification } from '../use-verification.ts'
import type { Judgement } from '../verdicts.ts'
import layout from './review.module.css'
import { JUDGEMENT_WORDS } from './step-words.ts'
import tones from './tones.module.css'
import { VerifySteps } from './VerifySteps.tsx'
import css from './verify.module.css'

const ICONS: Record<Judgement, typeof IconShieldCheck> = {
  waiting: IconHourglass,
  light: IconShieldHalf,
  whole: IconShieldCheck,
  unsure: IconShieldExclamation,
  bad: IconShieldX,
}

export function VerificationPanel({ verification }: { verification: Verification }) {
  const { t } = useLingui()
  return (
    <Panel title={t`Is it what was sent?`}>
      {verification.loadError ? (
        <ErrorState error={verification.loadError} retry={verification.reload} />
      ) : verification.pending ? (
        <Loading lines={6} />
      ) : (
        <div className={layout.stack}>
          <Verdict verification={verification} />
          <VerifySteps verification={verification} />
          <Failures verification={verification} />
        </div>
      )}
    </Panel>
  )
}

function Verdict({ verification }: { verification: Verification }) {
  const { i18n } = useLingui()
  const { judgement, running, full } = verification
  const Icon = ICONS[judgement]
  const words = JUDGEMENT_WORDS[judgement]
  return (
    <div className={clsx(css.verdict, tones[judgement])} role={judgement === 'bad' ? 'alert' : 'status'}>
      <Icon size={28} stroke={1.6} aria-hidden className={css.icon} />
      <div>
        <p className={css.title}>{i18n._(words.title)}</p>
        <p className={css.text}>{i18n._(words.text)}</p>
      </div>
      <Button
        variant={full || judgement === 'bad' ? 'default' : 'filled'}
        loading={running}
        onClick={verification.start}
        rightSection={<Keys keys="v" />}
        className={css.button}
      >
        {full ? <Trans>Verify again</Trans> : <Trans>Verify the files</Trans>}
      </Button>
    </div>
  )
}

/** What the server says is wrong, and what kept either side from judging. */
function Failures({ verification: { server, serverError, error, running } }: { verification: Verification }) {
  return (
    <>
      {server && server.reasons.length > 0 && (
        <div className={css.reasons}>
          <h3>
            <Trans>What the server found</Trans>
          </h3>
          <ul>
            {server.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
      {error !== null && !running && <ErrorState error={error} />}
      {serverError !== null && !running && (
        <p className={css.warning} role="alert">
          <IconAlertTriangle size={16} aria-hidden />
          <span>
            <Trans>The server could not judge:</Trans> {serverError instanceof Error ? serverError.message : null}
          </span>
        </p>
      )}
    </>
  )
}
