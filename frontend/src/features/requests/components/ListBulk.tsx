/** One step with many requests: what it means, what it asks for, and what became of each. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Dialog, ErrorSummary, problemsOf } from '~/ui/index.ts'
import type { BulkOffer } from '../list-bulk.ts'
import { type BulkResult, type Listed, useBulkStep } from '../list-queries.ts'
import { ENDING } from '../steps.ts'
import { STEP_LABEL, STEP_WORDS } from './action-words.ts'
import css from './list.module.css'
import { StepFields } from './StepFields.tsx'
import { bodyOf, EMPTY_FORM, fieldId, type MissingField, missing, type StepForm, takesText } from './step-form.ts'

interface ListBulkProps {
  offer: BulkOffer | null
  onClose: () => void
  /** The step was taken with these, whatever became of each. */
  onDone: (results: readonly BulkResult[]) => void
}

export default function ListBulk({ offer, onClose, onDone }: ListBulkProps) {
  const { i18n } = useLingui()
  // What it was about stays while the dialog fades out.
  const [shown, setShown] = useState(offer)
  if (offer && offer !== shown) setShown(offer)
  const about = offer ?? shown
  return (
    <Dialog
      opened={offer !== null}
      onClose={onClose}
      size="lg"
      title={
        about && (
          <>
            {i18n._(STEP_LABEL[about.step])}: <Plural value={about.rows.length} one="# request" other="# requests" />
          </>
        )
      }
    >
      {about && <BulkDialog key={about.step} offer={about} onClose={onClose} onDone={onDone} />}
    </Dialog>
  )
}

function BulkDialog({ offer: { step, rows }, onClose, onDone }: ListBulkProps & { offer: BulkOffer }) {
  const { i18n, t } = useLingui()
  const [form, setForm] = useState<StepForm>(EMPTY_FORM)
  const [lacking, setLacking] = useState<MissingField[]>([])
  const bulk = useBulkStep()
  const [first] = rows
  const asksNothing = step !== 'assign' && !takesText(step)
  if (bulk.data) return <Results rows={rows} results={bulk.data} onClose={onClose} />
  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    const found = missing(step, form)
    setLacking(found)
    if (found.length > 0) return
    // A refusal of the whole stands above the fields, in `bulk.error`.
    await bulk
      .mutateAsync({ action: step, ids: rows.map((row) => row.id), ...bodyOf(step, form) })
      .then(onDone, () => undefined)
  }
  return (
    <form className={css.identifierForm} noValidate onSubmit={(event) => void submit(event)}>
      <p className={css.dim}>{i18n._(STEP_WORDS[step].meaning)}</p>
      <ErrorSummary
        problems={[
          ...problemsOf(bulk.error, fieldId),
          ...lacking.map((field) => ({ field: FIELD_ID[field], message: t`Complete this field` })),
        ]}
      />
      {first && <StepFields step={step} request={first} form={form} lacking={lacking} onChange={setForm} />}
      <details className={css.which}>
        <summary>
          <Trans>Which requests</Trans>
        </summary>
        <ul className={css.plainList}>
          {rows.map((row) => (
            <li key={row.id}>{row.request_number}</li>
          ))}
        </ul>
      </details>
      <div className={css.end}>
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button
          type="submit"
          data-autofocus={asksNothing || undefined}
          color={ENDING.has(step) ? 'red.9' : undefined}
          loading={bulk.isPending}
        >
          {i18n._(STEP_LABEL[step])}
        </Button>
      </div>
    </form>
  )
}

const FIELD_ID: Record<MissingField, string> = {
  text: 'step-text',
  userId: 'step-user',
  hours: 'step-hours',
  granted: 'step-granted',
  reasonCode: 'step-reason-code',
}

interface ResultsProps {
  rows: readonly Listed[]
  results: readonly BulkResult[]
  onClose: () => void
}

function Results({ rows, results, onClose }: ResultsProps) {
  const names = new Map(rows.map((row) => [row.id, row.request_number]))
  const done = results.filter((result) => result.ok).length
  const refused = results.length - done
  return (
    <div className={css.identifierForm}>
      <p role="status" className={css.outcome}>
        <Plural value={done} one="Done with # request." other="Done with # requests." />{' '}
        {refused > 0 && <Plural value={refused} one="# was refused:" other="# were refused:" />}
      </p>
      <ul className={css.results}>
        {results
          .toSorted((a, b) => Number(a.ok) - Number(b.ok))
          .map((result) => (
            <li key={result.id}>
              {result.ok ? (
                <IconCheck size={16} aria-hidden className={css.mark} />
              ) : (
                <IconX size={16} aria-hidden className={css.refused} />
              )}
              <span>
                <strong>{names.get(result.id)}</strong>
                <span className={css.dim}> {result.ok ? <Trans>Done</Trans> : result.error?.detail}</span>
              </span>
            </li>
          ))}
      </ul>
      <div className={css.end}>
        <Button data-autofocus onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </div>
  )
}
