/** All that the portal shows to whoever must set up a second step first. Afterwards they are where they wanted to be. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { queryClient } from '~/api/index.ts'
import { readMe, signOut, useMe } from '~/auth/index.ts'
import { ErrorSummary, Page, Panel, problemsOf } from '~/ui/index.ts'
import { RecoveryCodes } from '../components/RecoveryCodes.tsx'
import { SetUpApp } from '../components/SetUpApp.tsx'
import css from '../components/second-step.module.css'
import { useEnrol } from '../queries.ts'

export default function EnrolmentPage() {
  return (
    <QueryClientProvider client={queryClient}>
      <Enrolment />
    </QueryClientProvider>
  )
}

function Enrolment() {
  const { t } = useLingui()
  const me = useMe()
  const enrol = useEnrol()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const begin = () => enrol.mutate()
  return (
    <div className={css.gate}>
      <header className={`${css.gateTop} l-no-print`}>
        <span className={css.brand}>
          <img src="/lers.svg" alt="" width={28} height={28} /> LERS
        </span>
        <span className={css.who}>
          {me.name}
          <Button variant="default" size="xs" onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </Button>
        </span>
      </header>
      <main>
        <Page
          title={<Trans>Set up your second step</Trans>}
          documentTitle={t`Set up your second step`}
          lead={
            <Trans>{me.tenant.name} demands a second step at sign-in. Everything else opens when it is set up.</Trans>
          }
          narrow
        >
          <Panel title={<Trans>Set up an authenticator app</Trans>}>
            {codes ? (
              <Kept codes={codes} />
            ) : enrol.data ? (
              <SetUpApp
                key={enrol.data.secret}
                enrolment={enrol.data}
                onConfirmed={setCodes}
                onAgain={begin}
                busyAgain={enrol.isPending}
              />
            ) : (
              <Begin busy={enrol.isPending} error={enrol.error} onBegin={begin} />
            )}
          </Panel>
        </Page>
      </main>
    </div>
  )
}

/** The codes, until they are kept; then the profile says that everything is open again. */
function Kept({ codes }: { codes: readonly string[] }) {
  const [error, setError] = useState<unknown>(null)
  return (
    <>
      <ErrorSummary problems={error ? problemsOf(error) : []} />
      <RecoveryCodes codes={codes} onKept={() => void readMe().catch(setError)} />
    </>
  )
}

function Begin({ busy, error, onBegin }: { busy: boolean; error: unknown; onBegin: () => void }) {
  return (
    <div className={css.stack}>
      <ErrorSummary problems={error ? problemsOf(error) : []} />
      <p className={css.text}>
        <Trans>It takes a minute. You need your phone with an authenticator app on it:</Trans>
      </p>
      <ol className={css.points}>
        <li>
          <Trans>Add LERS to the app: scan a picture, or type a key.</Trans>
        </li>
        <li>
          <Trans>Type the six digits that the app shows.</Trans>
        </li>
        <li>
          <Trans>Keep ten recovery codes for the day when the phone is not there.</Trans>
        </li>
      </ol>
      <div>
        <Button loading={busy} onClick={onBegin}>
          <Trans>Begin</Trans>
        </Button>
      </div>
    </div>
  )
}
