/** The chains put to the test: what this browser found, beside what the server says. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconPlayerStop, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatExact, formatNumber } from '~/i18n/index.ts'
import { ErrorState, Panel } from '~/ui/index.ts'
import { type Entry, keyOf } from '../entry.ts'
import type { ServerPart } from '../queries.ts'
import type { Side, useVerification, Verification } from '../use-verification.ts'
import type { BrowserVerdict, Progress } from '../verification.ts'
import { BrowserProblems, ServerProblems } from './Problems.tsx'
import css from './verify.module.css'

interface VerifyPanelProps {
  verification: ReturnType<typeof useVerification>
  nameOf: (id: unknown) => string | null
  onShow: (entry: Entry) => void
}

export default function VerifyPanel({ verification, nameOf, onShow }: VerifyPanelProps) {
  const { current, busy, start, stop, close } = verification
  return (
    <Panel
      title={<Trans>Is the trail untouched?</Trans>}
      note={<Note current={current} nameOf={nameOf} />}
      actions={
        busy ? (
          <Button size="sm" variant="default" leftSection={<IconPlayerStop size={16} />} onClick={stop}>
            <Trans>Stop</Trans>
          </Button>
        ) : (
          <>
            <Button size="sm" variant="default" onClick={() => void start()}>
              <Trans>Check again</Trans>
            </Button>
            <Button size="sm" variant="subtle" leftSection={<IconX size={16} />} onClick={close}>
              <Trans>Close</Trans>
            </Button>
          </>
        )
      }
    >
      <div className={css.sides}>
        <section className={css.side}>
          <h3>
            <Trans>Checked in this browser</Trans>
          </h3>
          <SideOf side={current.browser}>
            {(verdict) => <Browser verdict={verdict} nameOf={nameOf} onShow={onShow} />}
          </SideOf>
        </section>
        <section className={css.side}>
          <h3>
            <Trans>The server's own check</Trans>
          </h3>
          <SideOf side={current.server}>{(verdict) => <Server verdict={verdict} nameOf={nameOf} />}</SideOf>
        </section>
      </div>
    </Panel>
  )
}

function Note({ current, nameOf }: { current: Verification } & Pick<VerifyPanelProps, 'nameOf'>) {
  if (!current.endedAt) return <Trans>Every hash is computed anew and compared with what is on record.</Trans>
  const when = formatExact(current.endedAt)
  const chain = current.chain && nameOf(current.chain)
  if (chain) {
    return (
      <Trans>
        {chain}: checked on {when}
      </Trans>
    )
  }
  return <Trans>Checked on {when}</Trans>
}

function SideOf<Found>({ side, children }: { side: Side<Found>; children: (verdict: Found) => ReactNode }) {
  if (side.state === 'running') return <Running progress={side.progress} />
  if (side.state === 'failed') return <ErrorState error={side.error} />
  if (side.state === 'stopped') {
    return (
      <p className={css.dim}>
        <Trans>Stopped. Nothing is said about the entries.</Trans>
      </p>
    )
  }
  return <div role="status">{children(side.verdict)}</div>
}

function Running({ progress }: { progress: Progress | null }) {
  const { t } = useLingui()
  if (!progress) {
    return (
      <div>
        <progress className={css.progress} aria-label={t`Checking`} />
        <p className={css.dim}>
          <Trans>Walking the chains…</Trans>
        </p>
      </div>
    )
  }
  const [done, total] = [formatNumber(progress.done), formatNumber(progress.total)]
  return (
    <div>
      <progress className={css.progress} aria-label={t`Checking`} value={progress.done} max={progress.total} />
      <p className={css.dim}>
        {progress.phase === 'reading' ? (
          <Trans>
            Fetching entries: {done} of {total}
          </Trans>
        ) : (
          <Trans>
            Recomputing hashes: {done} of {total}
          </Trans>
        )}
      </p>
    </div>
  )
}

function Verdict({ ok, children }: { ok: boolean; children: ReactNode }) {
  const Icon = ok ? IconCircleCheck : IconCircleX
  return (
    <p className={ok ? css.good : css.bad}>
      <Icon size={22} aria-hidden />
      <strong>{children}</strong>
    </p>
  )
}

function Browser({
  verdict,
  nameOf,
  onShow,
}: { verdict: BrowserVerdict } & Pick<VerifyPanelProps, 'nameOf' | 'onShow'>) {
  const first = verdict.first && verdict.walked.get(keyOf(verdict.first))
  const partly = verdict.total > verdict.entries && verdict.missing === 0
  return (
    <>
      <Verdict ok={verdict.ok}>
        {verdict.ok ? (
          <Trans>Nothing was changed, removed or reordered</Trans>
        ) : (
          <Trans>The trail was tampered with</Trans>
        )}
      </Verdict>
      <Counted entries={verdict.entries} chains={verdict.chains} />
      {partly && (
        <p className={css.dim}>
          <Trans>
            These are the newest {formatNumber(verdict.entries)} of {formatNumber(verdict.total)}; the server's check
            goes to the beginning.
          </Trans>
        </p>
      )}
      {verdict.missing > 0 && (
        <p className={css.dim}>
          <Plural
            value={verdict.missing}
            one="# entry that the chain's end promises is not there."
            other="# entries that the chain's end promises are not there."
          />
        </p>
      )}
      <BrowserProblems problems={verdict.problems} nameOf={nameOf} />
      {first && (
        <Button size="sm" variant="default" onClick={() => onShow(first)}>
          <Trans>Show the first bad entry</Trans>
        </Button>
      )}
      {verdict.brokenFrom.size > 0 && (
        <p className={css.dim}>
          <Trans>What comes after it in its chain is grey below: nothing proves it any more.</Trans>
        </p>
      )}
    </>
  )
}

function Server({ verdict, nameOf }: { verdict: ServerPart; nameOf: VerifyPanelProps['nameOf'] }) {
  return (
    <>
      <Verdict ok={verdict.ok}>
        {verdict.ok ? <Trans>The server found nothing wrong</Trans> : <Trans>The server found it broken</Trans>}
      </Verdict>
      <Counted entries={verdict.entries} chains={verdict.chains} />
      {verdict.checkpoints > 0 && (
        <p className={css.dim}>
          <Plural
            value={verdict.checkpoints}
            one="The log of all organisations was held to # signed checkpoint."
            other="The log of all organisations was held to # signed checkpoints."
          />
        </p>
      )}
      <ServerProblems problems={verdict.problems} count={verdict.problem_count} nameOf={nameOf} />
    </>
  )
}

function Counted({ entries, chains }: { entries: number; chains: number }) {
  return (
    <p className={css.dim}>
      <Plural value={entries} one="# entry" other="# entries" />
      {chains > 1 && (
        <>
          {' '}
          <Plural value={chains} one="in # chain" other="in # chains" />
        </>
      )}
    </p>
  )
}
