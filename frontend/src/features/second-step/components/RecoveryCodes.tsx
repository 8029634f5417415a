/** Ten recovery codes, shown this once: to be copied, saved or printed before they are gone. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy, IconDownload, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { saveBlob, serverNow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { formatDateTime } from '~/i18n/index.ts'
import { recoverySheet, type SheetWords } from '../recovery-sheet.ts'
import './recovery-print.css'
import css from './second-step.module.css'

interface RecoveryCodesProps {
  codes: readonly string[]
  onKept: () => void
}

export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const [kept, setKept] = useState(false)
  const top = useRef<HTMLHeadingElement>(null)
  // They come in place of what had the focus.
  useEffect(() => top.current?.focus(), [])
  useWarningBeforeLeaving()
  return (
    <div className={css.stack} data-recovery-codes>
      <h3 className={css.stepTitle} ref={top} tabIndex={-1}>
        <Trans>Keep these ten recovery codes</Trans>
      </h3>
      <p className={css.text}>
        <Trans>
          Without your phone, one of them signs you in instead of the app's code. Each is good once. They are shown only
          now: keep them away from the phone, where nobody else reads them.
        </Trans>
      </p>
      <Sheet codes={codes} />
      <Checkbox
        className="l-no-print"
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
        label={<Trans>I have kept them</Trans>}
      />
      <div className={css.end}>
        <Button className="l-no-print" disabled={!kept} onClick={onKept}>
          <Trans>Done</Trans>
        </Button>
      </div>
    </div>
  )
}

function Sheet({ codes }: { codes: readonly string[] }) {
  const { t } = useLingui()
  const me = useMe()
  const [made] = useState(serverNow)
  const words: SheetWords = {
    title: t`Recovery codes for LERS`,
    account: `${me.name} · ${me.email}`,
    made: t`Made on ${formatDateTime(made)}. Older ones no longer work.`,
    advice: t`Each code is good once, in place of the code of the authenticator app. Keep this where nobody else reads it.`,
  }
  const text = recoverySheet(codes, words)
  return (
    <>
      <div className={css.printed}>
        <p>{words.title}</p>
        <p>{words.account}</p>
        <p>{words.made}</p>
      </div>
      <ol className={css.codes} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={`${css.actions} l-no-print`}>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? <Trans>Copied</Trans> : <Trans>Copy all</Trans>}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => saveBlob(new Blob([text], { type: 'text/plain;charset=utf-8' }), 'lers-recovery-codes.txt')}
        >
          <Trans>Save as text</Trans>
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => globalThis.print()}>
          <Trans>Print</Trans>
        </Button>
      </div>
      <p className={css.printed}>{words.advice}</p>
    </>
  )
}

/** The browser asks before the page with the codes is closed or loaded anew. */
function useWarningBeforeLeaving(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [])
}
