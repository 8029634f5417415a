/** The form of a response, and the step in which it is checked and sent. */
import { useLingui } from '@lingui/react/macro'
import { useRouter, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { FileRow } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import type { LersRequest } from '~/features/requests/index.ts'
import { type LersResponse, nextPart, rejectedLast } from '~/features/review/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { ErrorSummary, Loading, Page } from '~/ui/index.ts'
import { bodyOf, type DraftProblem, problemsIn, type Subject } from '../body.ts'
import { withoutSent } from '../draft.ts'
import { answeredBefore, answerRest } from '../outcomes.ts'
import type { Sent } from '../queries.ts'
import { stateOf, useArrived } from '../use-arrived.ts'
import { type DraftState, useResponseDraft } from '../use-response-draft.ts'
import { useSending } from '../use-sending.ts'
import { FilesPanel } from './FilesPanel.tsx'
import { KindPanel } from './KindPanel.tsx'
import { OutcomesPanel } from './OutcomesPanel.tsx'
import { Ready } from './Ready.tsx'
import { RejectedBlock } from './RejectedBlock.tsx'
import css from './respond.module.css'
import { TextPanel } from './TextPanel.tsx'
import { useProblemWords } from './use-problem-words.ts'

// Signing comes with keys and their cryptography, which writing does not need.
const CheckView = lazy(async () => ({ default: (await import('./CheckView.tsx')).CheckView }))

interface WritingProps {
  request: LersRequest
  responses: readonly LersResponse[]
  onSent: (response: Sent) => void
}

export function Writing({ request, responses, onSent }: WritingProps) {
  const me = useMe()
  const kept = useResponseDraft(me.id, request.id)
  const draft = useMemo(() => withoutSent(kept.draft, responses), [kept.draft, responses])
  const state = { ...kept, draft }
  const form = useForm(request, responses, state)
  const [checking, setChecking] = useChecking()
  if (checking && form.problems.length === 0) {
    return (
      <Suspense fallback={<Loading lines={12} />}>
        <CheckView
          request={request}
          draft={state.draft}
          body={form.body}
          part={nextPart(responses)}
          onBack={() => setChecking(false)}
          onSent={(response) => {
            state.clear()
            onSent(response)
          }}
        />
      </Suspense>
    )
  }
  return <Form request={request} responses={responses} state={state} form={form} onCheck={() => setChecking(true)} />
}

/** The step stands in the address: the browser's own “back” leads from the check to the form. */
function useChecking(): [boolean, (checking: boolean) => void] {
  const { navigate } = useRouter()
  const { step } = useSearch({ strict: false }) as { step?: string }
  const go = (checking: boolean) =>
    void navigate({ to: '.' as string, search: (checking ? { step: 'check' } : {}) as never })
  return [step === 'check', go]
}

type FormState = ReturnType<typeof useForm>

function useForm(request: LersRequest, responses: readonly LersResponse[], { draft, change }: DraftState) {
  const before = useMemo(() => answeredBefore(responses), [responses])
  const subject = useMemo((): Subject => {
    const ids = (request.identifiers ?? []).map(({ id }) => id)
    return { ids, open: ids.filter((id) => !before.has(id)) }
  }, [request.identifiers, before])
  const sending = useSending((row: FileRow, sha256: string) =>
    change(({ files }) => ({ files: [...files, { id: row.id, sha256 }] })),
  )
  const arrived = useArrived(draft.files)
  const body = useMemo(() => bodyOf(draft, subject), [draft, subject])
  const problems = problemsIn(draft, subject, arrived.map(stateOf), sending.unsent)
  return { before, subject, sending, arrived, body, problems }
}

interface FormProps {
  request: LersRequest
  responses: readonly LersResponse[]
  state: DraftState
  form: FormState
  onCheck: () => void
}

function Form({ request, responses, state, form, onCheck }: FormProps) {
  const { t } = useLingui()
  const { draft, change } = state
  const { subject, problems, sending, arrived } = form
  // As it stood at the last attempt: a list that changes by itself would take the focus each time.
  const [told, setTold] = useState<{ attempt: number; problems: readonly DraftProblem[] }>({ attempt: 0, problems: [] })
  const words = useProblemWords(arrived, (id) => request.identifiers?.find((each) => each.id === id)?.masked ?? '')
  const check = () => {
    setTold(({ attempt }) => ({ attempt: attempt + 1, problems }))
    if (problems.length === 0) onCheck()
  }
  useKeys(
    {
      'Ctrl+Enter': { run: check, label: t`Check and send` },
      d: {
        run: () => change((now) => ({ answers: answerRest(now.answers, subject.open, 'DISCLOSED') })),
        label: t`All without an answer: disclosed`,
      },
    },
    { scope: t`Response` },
  )
  const rejected = rejectedLast(responses)
  return (
    <Page
      title={t`Respond to ${request.request_number}`}
      lead={t`The answer goes to ${request.agency_tenant.name}, under your company's name.`}
    >
      {problems.length > 0 && <ErrorSummary key={told.attempt} problems={told.problems.map(words)} />}
      {rejected && <RejectedBlock response={rejected} draft={draft} change={change} />}
      <div className={css.layout}>
        <div className={css.main}>
          <KindPanel draft={draft} change={change} />
          {draft.kind === 'data' && (
            <>
              <OutcomesPanel
                request={request}
                draft={draft}
                change={change}
                subject={subject}
                before={form.before}
                lacking={told.attempt > 0 ? lackingOf(form, draft.answers) : NONE}
              />
              <FilesPanel
                draft={draft}
                arrived={arrived}
                sending={sending}
                onRemove={(id) => change(({ files }) => ({ files: files.filter((file) => file.id !== id) }))}
              />
            </>
          )}
          <TextPanel draft={draft} change={change} part={nextPart(responses)} />
        </div>
        <Ready request={request} draft={draft} subject={subject} problems={problems} onCheck={check} />
      </div>
    </Page>
  )
}

const NONE: ReadonlySet<string> = new Set()

/** Identifiers without an outcome, or without the reason it needs. */
function lackingOf({ problems, subject }: FormState, answers: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const found = problems.flatMap((problem) => (problem.code === 'no_reason' ? [problem.id] : []))
  const silent = problems.some(({ code }) => code === 'no_outcome') ? subject.open.filter((id) => !answers[id]) : []
  return new Set([...found, ...silent])
}
