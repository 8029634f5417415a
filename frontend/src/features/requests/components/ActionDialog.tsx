/** One dialog for every step: what it means, what it asks for, and what to do when the request has changed meanwhile. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '~/api/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { Dialog, ErrorSummary, type FieldProblem, problemsOf } from '~/ui/index.ts'
import { type LersRequest, requestQuery, useTakeStep } from '../queries.ts'
import { type DialogStep, ENDING } from '../steps.ts'
import css from './action.module.css'
import { STEP_LABEL, STEP_WORDS } from './action-words.ts'
import { DraftProblems } from './DraftProblems.tsx'
import { StepFields } from './StepFields.tsx'
import { bodyOf, EMPTY_FORM, fieldId, type MissingField, missing, type StepForm } from './step-form.ts'

export interface ActionDialogProps {
  /** The request as the user saw it: its version goes with the step. */
  request: LersRequest
  /** The step to take; null while the dialog is closed. */
  step: DialogStep | null
  onClose: () => void
  /** With the request as it is then; null when it was deleted. */
  onDone?: (request: LersRequest | null, step: DialogStep) => void
}

export function ActionDialog({ request, step, onClose, onDone }: ActionDialogProps) {
  const { i18n } = useLingui()
  // The words stay while the dialog fades out.
  const [shown, setShown] = useState(step)
  if (step && step !== shown) setShown(step)
  const name = step ?? shown
  return (
    <Dialog opened={step !== null} onClose={onClose} title={name && i18n._(STEP_WORDS[name].title)} size="lg">
      {name && (
        <StepDialog key={`${request.id} ${name}`} request={request} step={name} onClose={onClose} onDone={onDone} />
      )}
    </Dialog>
  )
}

function StepDialog({ request, step, onClose, onDone }: ActionDialogProps & { step: DialogStep }) {
  const { i18n } = useLingui()
  const [form, setForm] = useState<StepForm>(EMPTY_FORM)
  const [seen, setSeen] = useState(request)
  const [lacking, setLacking] = useState<MissingField[]>([])
  const take = useTakeStep()
  const words = STEP_WORDS[step]
  const lackingProblems = useLackingProblems(lacking)
  const changed = isProblem(take.error, 'stale_version', 'illegal_transition', 'conflict', 'request_closed')

  async function send(): Promise<void> {
    const found = missing(step, form)
    setLacking(found)
    if (found.length > 0) return
    const next = await take.mutateAsync({ id: seen.id, step, version: seen.version, body: bodyOf(step, form) })
    notifications.show({ message: `${i18n._(words.done)}: ${seen.request_number}` })
    onClose()
    onDone?.(next, step)
  }

  const submit = (event?: React.FormEvent) => {
    event?.preventDefault()
    // The mutation keeps the error, which stands above the fields.
    send().catch(() => undefined)
  }

  return (
    <form
      className={css.form}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <p className={css.number}>{seen.request_number}</p>
      <p className={css.meaning}>{i18n._(words.meaning)}</p>
      {changed ? (
        <Changed
          request={seen}
          step={step}
          onLoaded={(fresh) => {
            setSeen(fresh)
            take.reset()
          }}
        />
      ) : (
        <ErrorSummary problems={lacking.length > 0 ? lackingProblems : problemsOf(take.error, fieldId)} />
      )}
      {step === 'submit_for_approval' && <DraftProblems request={seen} onGo={onClose} />}
      <StepFields step={step} request={seen} form={form} onChange={setForm} lacking={lacking} />
      <div className={css.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Not now</Trans>
        </Button>
        <Button
          type="submit"
          loading={take.isPending}
          disabled={changed || (step === 'submit_for_approval' && (seen.problems?.length ?? 0) > 0)}
          className={ENDING.has(step) ? css.danger : undefined}
        >
          {i18n._(STEP_LABEL[step])}
        </Button>
      </div>
    </form>
  )
}

/** Somebody else was quicker: load what is there now, and keep what was typed. */
function Changed({
  request,
  step,
  onLoaded,
}: {
  request: LersRequest
  step: DialogStep
  onLoaded: (fresh: LersRequest) => void
}) {
  const { t } = useLingui()
  const cache = useQueryClient()
  const [loading, setLoading] = useState(false)
  const [gone, setGone] = useState<LersRequest | null>(null)
  const term = useTerm()

  async function load(): Promise<void> {
    setLoading(true)
    try {
      const fresh = await cache.fetchQuery({ ...requestQuery(request.id), staleTime: 0 })
      if (!fresh.abilities[step]) setGone(fresh)
      else onLoaded(fresh)
    } catch {
      setGone(request)
    } finally {
      setLoading(false)
    }
  }

  return (
    <div className={css.changed} role="alert">
      <p>
        <strong>
          <Trans>This request has changed since you looked.</Trans>
        </strong>{' '}
        {gone ? (
          <Trans>
            It is now “{term('status', gone.status)}”, and this step is no longer possible. What you wrote is kept here:
            copy it if you need it.
          </Trans>
        ) : (
          <Trans>Nothing was done. Load its present state, then decide again; what you wrote is kept.</Trans>
        )}
      </p>
      {!gone && (
        <Button size="xs" variant="default" loading={loading} onClick={() => void load()} aria-label={t`Load it again`}>
          <Trans>Load it again</Trans>
        </Button>
      )}
    </div>
  )
}

function useLackingProblems(lacking: readonly MissingField[]): FieldProblem[] {
  const { t } = useLingui()
  const told: Record<MissingField, FieldProblem> = {
    text: { field: 'step-text', message: t`Write a sentence` },
    userId: { field: 'step-user', message: t`Choose a colleague` },
    hours: { field: 'step-hours', message: t`Say how many hours` },
    granted: { field: 'step-granted', message: t`Choose whether you grant it` },
    reasonCode: { field: 'step-reason-code', message: t`Choose a reason` },
  }
  return lacking.map((name) => told[name])
}
