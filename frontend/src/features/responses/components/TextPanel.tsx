/** The answer in words, and whether more follows. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Radio, Textarea } from '@mantine/core'
import { Panel } from '~/ui/index.ts'
import type { Draft } from '../draft.ts'
import type { DraftState } from '../use-response-draft.ts'
import css from './respond.module.css'

export const RESPONSE_TEXT = 'response-text'

interface TextPanelProps {
  draft: Draft
  change: DraftState['change']
  /** Which part this would be. */
  part: number
}

export function TextPanel({ draft, change, part }: TextPanelProps) {
  const { t } = useLingui()
  return (
    <Panel title={t`Words to the officer`}>
      <div className={css.stack}>
        <Textarea
          id={RESPONSE_TEXT}
          label={t`Text`}
          description={t`What you send and how to read it: columns, codes, time zone.`}
          maxLength={20_000}
          maxRows={16}
          value={draft.text}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <Textarea
          id="response-remarks"
          label={t`Remarks (optional)`}
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={draft.remarks}
          onChange={({ currentTarget }) => change({ remarks: currentTarget.value })}
        />
        {draft.kind === 'data' && <Extent draft={draft} change={change} part={part} />}
      </div>
    </Panel>
  )
}

function Extent({ draft, change, part }: TextPanelProps) {
  const { t } = useLingui()
  return (
    <Radio.Group
      label={t`Is this all?`}
      value={draft.partial ? 'part' : 'last'}
      onChange={(value) => change({ partial: value === 'part' })}
    >
      <div className={css.radios}>
        <Radio
          value="last"
          label={part > 1 ? t`Yes: this is the last part, part ${part} of ${part}` : t`Yes: this is the whole answer`}
        />
        <Radio
          value="part"
          label={t`No: this is part ${part}, and more will follow`}
          description={t`The request stays in progress and its clock goes on until the last part.`}
        />
      </div>
      {draft.partial && (
        <p className="l-visually-hidden" role="status">
          <Trans>The clock goes on until the last part.</Trans>
        </p>
      )}
    </Radio.Group>
  )
}
