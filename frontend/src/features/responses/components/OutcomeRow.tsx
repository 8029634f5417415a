/** One identifier and its outcome: five choices in a row, and the reason where one belongs to it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect } from '@mantine/core'
import type { Schema } from '~/api/index.ts'
import { useTerm } from '~/i18n/index.ts'
import type { Answer, Outcome, ReasonCode } from '../draft.ts'
import { answered, needsReason, OUTCOMES, REASONS } from '../outcomes.ts'
import css from './outcomes.module.css'

interface OutcomeRowProps {
  identifier: Schema<'IdentifierOut'>
  /** The value in clear, where it was asked for. */
  opened?: string
  answer?: Answer
  /** An earlier part has answered it, and that still stands. */
  before?: { outcome: string; number: string }
  lacking: boolean
  onAnswer: (answer: Answer | null) => void
}

export const outcomeField = (id: string) => `outcome-${id}`
export const reasonField = (id: string) => `reason-${id}`

export function OutcomeRow({ identifier, opened, answer, before, lacking, onAnswer }: OutcomeRowProps) {
  const term = useTerm()
  const { id, type, masked } = identifier
  return (
    <fieldset className={css.row} data-lacking={lacking || undefined}>
      <legend className={css.legend}>
        <span className={css.value}>{opened ?? masked}</span>{' '}
        <span className={css.type}>{term('identifierType', type)}</span>
      </legend>
      {before && (
        <p className={css.before}>
          <Trans>
            Answered in {before.number}: {term('outcome', before.outcome)}. Choose again only to change it.
          </Trans>
        </p>
      )}
      <div className={css.choices}>
        {OUTCOMES.map((outcome, place) => (
          <Choice
            key={outcome}
            id={place === 0 ? outcomeField(id) : undefined}
            name={id}
            outcome={outcome}
            chosen={answer?.outcome === outcome}
            onChoose={() => onAnswer(answered(answer, outcome))}
          />
        ))}
        {answer && before && (
          <button type="button" className={css.undo} onClick={() => onAnswer(null)}>
            <Trans>Leave as it was</Trans>
          </button>
        )}
      </div>
      {answer && REASONS[answer.outcome].length > 0 && (
        <Reason
          id={id}
          name={opened ?? masked}
          answer={answer}
          onReason={(reason) => onAnswer({ ...answer, reason })}
        />
      )}
    </fieldset>
  )
}

interface ChoiceProps {
  id?: string
  name: string
  outcome: Outcome
  chosen: boolean
  onChoose: () => void
}

function Choice({ id, name, outcome, chosen, onChoose }: ChoiceProps) {
  const term = useTerm()
  return (
    <label className={css.choice} data-outcome={outcome}>
      <input id={id} type="radio" name={`outcome-of-${name}`} checked={chosen} onChange={onChoose} />
      <span>{term('outcome', outcome)}</span>
    </label>
  )
}

interface ReasonProps {
  id: string
  name: string
  answer: Answer
  onReason: (reason: ReasonCode | null) => void
}

function Reason({ id, name, answer, onReason }: ReasonProps) {
  const { t } = useLingui()
  const term = useTerm()
  const required = needsReason(answer.outcome)
  return (
    <NativeSelect
      id={reasonField(id)}
      className={css.reason}
      aria-label={t`Reason for ${name}`}
      required={required}
      data={[
        { value: '', label: required ? t`Choose the reason` : t`No reason given` },
        ...REASONS[answer.outcome].map((value) => ({ value, label: term('reasonCode', value) })),
      ]}
      value={answer.reason ?? ''}
      onChange={({ currentTarget }) => onReason((currentTarget.value || null) as ReasonCode | null)}
    />
  )
}
