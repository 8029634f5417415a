/** The fields of a step's dialog. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, NumberInput, Radio, Select, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMe } from '~/auth/index.ts'
import { formatDateTime, terms } from '~/i18n/index.ts'
import { QueryState } from '~/ui/index.ts'
import { colleaguesQuery, type LersRequest, slaQuery } from '../queries.ts'
import type { DialogStep } from '../steps.ts'
import css from './action.module.css'
import { STEP_WORDS } from './action-words.ts'
import { type MissingField, type StepForm, takesText, textLimit, textRequired } from './step-form.ts'

interface StepFieldsProps {
  step: DialogStep
  request: LersRequest
  form: StepForm
  lacking: readonly MissingField[]
  onChange: (form: StepForm) => void
}

export function StepFields(props: StepFieldsProps) {
  const { step } = props
  return (
    <>
      {step === 'assign' && <ColleagueField {...props} />}
      {step === 'request_extension' && <HoursField {...props} />}
      {step === 'grant_extension' && <WishField {...props} />}
      {step === 'decline' && <ReasonField {...props} />}
      {takesText(step) && <TextField {...props} />}
    </>
  )
}

function TextField({ step, form, onChange, lacking }: StepFieldsProps) {
  const { t, i18n } = useLingui()
  const { text, templates = [] } = STEP_WORDS[step]
  const add = (sentence: string) =>
    onChange({ ...form, text: form.text.trim() === '' ? sentence : `${form.text.trimEnd()}\n${sentence}` })
  return (
    <div>
      <Textarea
        id="step-text"
        label={text && i18n._(text)}
        required={textRequired(step)}
        withAsterisk={false}
        value={form.text}
        maxLength={textLimit(step)}
        maxRows={12}
        error={lacking.includes('text') && t`Write a sentence`}
        onChange={(event) => onChange({ ...form, text: event.currentTarget.value })}
      />
      {templates.length > 0 && (
        <fieldset className={css.templates}>
          <legend>
            <Trans>Often used</Trans>
          </legend>
          {templates.map((sentence) => (
            <Button
              key={sentence.id}
              variant="default"
              size="compact-sm"
              className={css.template}
              classNames={{ label: css.templateLabel }}
              onClick={() => add(i18n._(sentence))}
            >
              {i18n._(sentence)}
            </Button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function ColleagueField({ request, form, onChange, lacking }: StepFieldsProps) {
  const { t } = useLingui()
  const me = useMe()
  const colleagues = useQuery(colleaguesQuery)
  const holder = request.assigned_to?.id
  return (
    <QueryState query={colleagues} lines={2}>
      {({ items }) => (
        <>
          <Select
            id="step-user"
            label={t`Colleague`}
            placeholder={t`Choose a colleague`}
            searchable
            nothingFoundMessage={t`Nobody of this name`}
            data={items.map(({ id, name, rank }) => ({
              value: id,
              label: [rank ? `${name}, ${rank}` : name, id === me.id && t`(you)`, id === holder && t`(has it now)`]
                .filter(Boolean)
                .join(' '),
              disabled: id === holder,
            }))}
            value={form.userId}
            error={lacking.includes('userId') && t`Choose a colleague`}
            onChange={(userId) => onChange({ ...form, userId })}
          />
          {holder !== me.id && form.userId !== me.id && (
            <div>
              <Button variant="subtle" size="compact-sm" onClick={() => onChange({ ...form, userId: me.id })}>
                <Trans>Assign it to me</Trans>
              </Button>
            </div>
          )}
        </>
      )}
    </QueryState>
  )
}

function HoursField({ request, form, onChange, lacking }: StepFieldsProps) {
  const { t } = useLingui()
  const due = request.sla_due_date
  return (
    <NumberInput
      id="step-hours"
      label={t`How many hours more`}
      description={due ? t`Now due on ${formatDateTime(due)}. Hours are counted as the promise is.` : undefined}
      min={1}
      max={8784}
      step={12}
      value={form.hours}
      error={lacking.includes('hours') && t`Say how many hours`}
      onChange={(hours) => onChange({ ...form, hours })}
    />
  )
}

/** The wish that waits for an answer, and yes or no. */
function WishField({ request, form, onChange, lacking }: StepFieldsProps) {
  const { t } = useLingui()
  const sla = useQuery(slaQuery(request.id))
  return (
    <QueryState query={sla} lines={3}>
      {({ extensions }) => {
        const wish = extensions.findLast((each) => each.granted === null || each.granted === undefined)
        return (
          <>
            {wish && (
              <blockquote className={css.wish}>
                <p>
                  <strong>
                    <Plural value={wish.hours} one="# hour more" other="# hours more" />
                  </strong>
                  , <Trans>asked for on {formatDateTime(wish.asked_at)}</Trans>
                </p>
                <p className={css.wishReason}>{wish.reason}</p>
              </blockquote>
            )}
            <Radio.Group
              id="step-granted"
              label={t`Your answer`}
              value={form.granted}
              error={lacking.includes('granted') && t`Choose whether you grant it`}
              onChange={(granted) => onChange({ ...form, granted: granted as StepForm['granted'] })}
            >
              <div className={css.radios}>
                <Radio value="yes" label={t`Grant it: the due date moves`} />
                <Radio value="no" label={t`Refuse it: the due date stays`} />
              </div>
            </Radio.Group>
          </>
        )
      }}
    </QueryState>
  )
}

function ReasonField({ form, onChange, lacking }: StepFieldsProps) {
  const { t, i18n } = useLingui()
  return (
    <Select
      id="step-reason-code"
      label={t`Reason`}
      placeholder={t`Choose a reason`}
      data={terms(i18n, 'reasonCode')}
      value={form.reasonCode}
      error={lacking.includes('reasonCode') && t`Choose a reason`}
      onChange={(reasonCode) => onChange({ ...form, reasonCode })}
    />
  )
}
