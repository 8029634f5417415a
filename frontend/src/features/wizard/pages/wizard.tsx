/** A draft in five steps, saved by itself, with what it comes to beside it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconPencilOff, IconSend } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorSummary, Page, Panel, problemsOf, QueryState } from '~/ui/index.ts'
import { ConflictDialog } from '../components/ConflictDialog.tsx'
import { EndDraft } from '../components/EndDraft.tsx'
import { SaveNote } from '../components/SaveNote.tsx'
import { Sent } from '../components/Sent.tsx'
import { SentBack } from '../components/SentBack.tsx'
import { STEP_NAMES, StepNav } from '../components/StepNav.tsx'
import { Summary } from '../components/Summary.tsx'
import css from '../components/wizard.module.css'
import type { DraftOut } from '../draft.ts'
import { problemText } from '../problem-words.ts'
import { draftQuery, type Terms, termsQuery, useSendForApproval } from '../queries.ts'
import { readFields } from '../required-fields.ts'
import { STEPS, type Step } from '../search.ts'
import { Check } from '../steps/Check.tsx'
import type { StepProps } from '../steps/context.ts'
import { Identifiers } from '../steps/Identifiers.tsx'
import { Mandate } from '../steps/Mandate.tsx'
import { Period } from '../steps/Period.tsx'
import { What } from '../steps/What.tsx'
import { elementOf, neighbour, problemsAt, stepOf } from '../steps.ts'
import { useDraft } from '../use-draft.ts'
import { useWalk } from '../use-walk.ts'

export default function WizardPage() {
  const { requestId } = useParams({ from: '/requests/$requestId/edit' })
  const { t } = useLingui()
  const request = useQuery(draftQuery(requestId))
  if (!request.data) {
    return (
      <Page title={t`Draft`}>
        <Panel>
          <QueryState query={request} lines={10}>
            {() => null}
          </QueryState>
        </Panel>
      </Page>
    )
  }
  return <WithTerms key={requestId} request={request.data} />
}

function WithTerms({ request }: { request: DraftOut }) {
  const { catalog_item_id: item, catalog_item_version: version } = request
  const terms = useQuery({ ...termsQuery(item ?? '', version ?? 0), enabled: Boolean(item && version) })
  // A draft that was sent from here shows what happens next; one that was sent before is no draft any more.
  const [sent, setSent] = useState(false)
  if (request.status !== 'DRAFT' || !request.abilities.update) {
    return sent ? <Sent request={request} terms={terms.data ?? null} /> : <NoDraft request={request} />
  }
  if (item && !terms.data) {
    return (
      <Page title={request.request_number}>
        <Panel>
          <QueryState query={terms} lines={10}>
            {() => null}
          </QueryState>
        </Panel>
      </Page>
    )
  }
  return <Wizard request={request} terms={terms.data ?? null} onSent={() => setSent(true)} />
}

function NoDraft({ request }: { request: DraftOut }) {
  return (
    <Page title={request.request_number} narrow>
      <Panel>
        <EmptyState
          icon={<IconPencilOff size={22} />}
          title={<Trans>This cannot be changed now</Trans>}
          action={
            <Button component={Link} to={`/requests/${request.id}`}>
              <Trans>Open the request</Trans>
            </Button>
          }
        >
          <Trans>Only the officer who made a request changes it, and only while it is a draft.</Trans>
        </EmptyState>
      </Panel>
    </Page>
  )
}

interface WizardProps {
  request: DraftOut
  terms: Terms | null
  onSent: () => void
}

function Wizard({ request, terms, onSent }: WizardProps) {
  const { i18n, t } = useLingui()
  const cache = useQueryClient()
  const step: Step = useSearch({ from: '/requests/$requestId/edit' }).step ?? 'what'
  const fields = useMemo(() => readFields(terms?.required_fields ?? []), [terms])
  const draft = useDraft(request)
  const send = useSendForApproval(request.id)
  const problems = request.problems ?? []
  const missing = Object.fromEntries(STEPS.map((each) => [each, problemsAt(problems, each, fields).length])) as Record<
    Step,
    number
  >
  const { seen, asked, tries, goNext, goBack, tell } = useWalk(request, step, { fields, flush: draft.flush })
  const body = useStepFocus(step)

  const submit = async () => {
    if (!(await draft.flush())) return tell('check')
    // The scan of the mandate may have ended since the draft was read.
    const now = await cache.fetchQuery({ ...draftQuery(request.id), staleTime: 0 })
    if ((now.problems ?? []).length > 0) return tell('check')
    send.mutate(draft.version(), { onSuccess: onSent, onError: () => tell('check') })
  }
  const next = () => (step === 'check' ? void submit() : void goNext())
  useKeys(
    {
      'Alt+ArrowRight': { run: () => void goNext(true), label: t`Next step` },
      'Alt+ArrowLeft': { run: goBack, label: t`Step before` },
      'Ctrl+Enter': { run: next, label: t`Go on, or send for approval` },
    },
    { scope: t`Request` },
  )

  const here = step === 'check' ? problems : asked.has(step) ? problemsAt(problems, step, fields) : []
  const props: StepProps = { request, draft, terms, fields, problems: here }
  return (
    <Page
      title={terms?.name ?? t`New request`}
      documentTitle={request.request_number}
      lead={`${request.provider_tenant.name} · ${request.request_number}`}
      actions={<EndDraft request={request} draft={draft} />}
    >
      <StepNav id={request.id} current={step} missing={missing} seen={seen} />
      <div className={css.savedTop}>
        <SaveNote draft={draft} />
      </div>
      <SentBack request={request} />
      <div className={css.layout} data-wide={(step === 'mandate' && draft.form.mandateFileId !== null) || undefined}>
        <Panel title={i18n._(STEP_NAMES[step])}>
          <div className={css.main} ref={body} tabIndex={-1}>
            <StepErrors key={`${step}${tries}`} {...props} step={step} error={send.error} told={tries > 0} />
            <StepBody step={step} {...props} />
          </div>
          <Foot
            step={step}
            blocked={asked.has(step) && missing[step] > 0}
            sending={send.isPending}
            onNext={next}
            onBack={goBack}
          />
        </Panel>
        <aside className={css.side} aria-label={t`What this request comes to`}>
          <Summary request={request} draft={draft} terms={terms} fields={fields} />
        </aside>
      </div>
      <ConflictDialog draft={draft} />
    </Page>
  )
}

function StepBody({ step, ...props }: StepProps & { step: Step }) {
  if (step === 'what') return <What {...props} />
  if (step === 'identifiers') return <Identifiers {...props} />
  if (step === 'period') return <Period {...props} />
  return step === 'mandate' ? <Mandate {...props} /> : <Check {...props} />
}

interface StepErrorsProps extends StepProps {
  step: Step
  error: unknown
  /** The officer asked for it by going on or sending: the summary takes the focus. */
  told: boolean
}

/** At a step its own problems; at the end all of them, each with the way to where it is mended. */
function StepErrors({ request, problems, fields, step, error, told }: StepErrorsProps) {
  const { i18n } = useLingui()
  if (problems.length === 0) return error ? <ErrorSummary problems={problemsOf(error, () => undefined)} /> : null
  if (step !== 'check') {
    const mended = problems.map((problem) => ({
      field: elementOf(problem.field),
      message: problemText(i18n, problem, fields),
    }))
    return <ErrorSummary problems={mended} focus={told} />
  }
  const all = problems.map((problem) => ({
    message: (
      <Link
        to="/requests/$requestId/edit"
        params={{ requestId: request.id }}
        search={{ step: stepOf(problem.field, fields) }}
        hash={elementOf(problem.field)}
      >
        {problemText(i18n, problem, fields)}
      </Link>
    ),
  }))
  return <ErrorSummary problems={all} focus={told} />
}

/** A new step is read from its beginning; an address with a field's id leads to that field. */
function useStepFocus(step: Step) {
  const body = useRef<HTMLDivElement>(null)
  const before = useRef(step)
  const { hash } = useLocation()
  useEffect(() => {
    if (before.current === step) return
    before.current = step
    const field = hash ? document.getElementById(hash) : null
    if (field) {
      field.focus()
      field.scrollIntoView({ block: 'center' })
    } else {
      body.current?.focus({ preventScroll: true })
      window.scrollTo({ top: 0 })
    }
  }, [step, hash])
  return body
}

interface FootProps {
  step: Step
  blocked: boolean
  sending: boolean
  onNext: () => void
  onBack: () => void
}

function Foot({ step, blocked, sending, onNext, onBack }: FootProps) {
  const { i18n } = useLingui()
  const next = neighbour(step, 1)
  return (
    <div className={css.foot}>
      {step !== 'what' && (
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
      )}
      <div className={css.footEnd}>
        {next ? (
          <Button
            variant={blocked ? 'default' : 'filled'}
            rightSection={<IconArrowRight size={16} aria-hidden />}
            onClick={onNext}
          >
            {blocked ? <Trans>Go on all the same</Trans> : <Trans>Next: {i18n._(STEP_NAMES[next])}</Trans>}
          </Button>
        ) : (
          <Button leftSection={<IconSend size={16} aria-hidden />} loading={sending} onClick={onNext}>
            <Trans>Send for approval</Trans>
          </Button>
        )}
      </div>
    </div>
  )
}
