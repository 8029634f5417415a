/** Each step of the verification with what this browser and the server found. */
import { Trans, useLingui } from '@lingui/react/macro'
import { IconCheck, IconHelp, IconMinus, IconX } from '@tabler/icons-react'
import clsx from 'clsx'
import { formatBytes, formatPercent } from '~/i18n/index.ts'
import { Hash } from '~/ui/index.ts'
import type { Reading, Verification } from '../use-verification.ts'
import { type Found, type VerdictRow, verdictRows } from '../verdicts.ts'
import { FOUND_TONE, FOUND_WORDS, STEP_WORDS } from './step-words.ts'
import tones from './tones.module.css'
import css from './verify.module.css'

export function VerifySteps({ verification }: { verification: Verification }) {
  const { t } = useLingui()
  const { steps, files, server, reading, running } = verification
  return (
    <div className={css.scroll}>
      <table className={css.steps} aria-label={t`Steps of the verification`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>What is checked</Trans>
            </th>
            <th scope="col" className={css.verdictColumn}>
              <Trans>This browser</Trans>
            </th>
            <th scope="col" className={css.verdictColumn}>
              <Trans>Server</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {verdictRows(steps, files, server).map((row) => (
            <StepRow
              key={row.key}
              row={row}
              running={running}
              reading={reading?.file.id === row.key ? reading : null}
              serverAsked={running && server === null}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface StepRowProps {
  row: VerdictRow
  running: boolean
  reading: Reading | null
  serverAsked: boolean
}

function StepRow({ row, running, reading, serverAsked }: StepRowProps) {
  const { t, i18n } = useLingui()
  return (
    <tr>
      <th scope="row">
        {row.step === 'file' ? (
          <span className={css.file}>
            <span>{row.file?.name}</span>
            <span className={css.dim}>
              {formatBytes(row.file?.size ?? 0)} · SHA-256 <Hash value={row.file?.sha256} />
            </span>
          </span>
        ) : (
          i18n._(STEP_WORDS[row.step])
        )}
      </th>
      <td data-label={t`This browser`}>
        {reading ? <ReadingBar reading={reading} /> : <FoundWord found={row.local} waiting={running} />}
      </td>
      <td data-label={t`Server`}>
        <FoundWord found={row.server} waiting={serverAsked} />
      </td>
    </tr>
  )
}

function ReadingBar({ reading: { file, read, total } }: { reading: Reading }) {
  const { t } = useLingui()
  const share = formatPercent((100 * read) / Math.max(1, total))
  return (
    <span className={css.reading}>
      <progress className={css.bar} value={read} max={Math.max(1, total)} aria-label={t`Read of ${file.name}`} />
      {share}
    </span>
  )
}

/** The sign says the same as the word: neither needs the colour. */
function FoundWord({ found, waiting }: { found: Found; waiting: boolean }) {
  const { i18n } = useLingui()
  if (found === null) {
    return <span className={css.dim}>{waiting ? <Trans>Waiting</Trans> : <Trans>Not yet</Trans>}</span>
  }
  const tone = FOUND_TONE[found]
  const Icon = tone === 'good' ? IconCheck : tone === 'bad' ? IconX : tone === 'warn' ? IconHelp : IconMinus
  return (
    <span className={clsx(css.found, tones[tone])}>
      <Icon size={15} stroke={2.2} aria-hidden />
      {i18n._(FOUND_WORDS[found])}
    </span>
  )
}
