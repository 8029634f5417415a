/** Data, or none: both are answers. */
import { useLingui } from '@lingui/react/macro'
import { NativeSelect, Radio } from '@mantine/core'
import { useTerm } from '~/i18n/index.ts'
import { Panel } from '~/ui/index.ts'
import type { Draft, ReasonCode } from '../draft.ts'
import { REASONS } from '../outcomes.ts'
import type { DraftState } from '../use-response-draft.ts'
import css from './respond.module.css'

export const NONE_REASON = 'none-reason'

interface KindPanelProps {
  draft: Draft
  change: DraftState['change']
}

export function KindPanel({ draft, change }: KindPanelProps) {
  const { t } = useLingui()
  return (
    <Panel title={t`Your answer`}>
      <Radio.Group
        aria-label={t`Your answer`}
        value={draft.kind}
        onChange={(kind) => change({ kind: kind as Draft['kind'] })}
      >
        <div className={css.kinds}>
          <Radio
            className={css.kind}
            data-chosen={draft.kind === 'data' || undefined}
            value="data"
            label={t`We hold data`}
            description={t`Files, and an outcome for each identifier. It may come in parts.`}
          />
          <Radio
            className={css.kind}
            data-chosen={draft.kind === 'none' || undefined}
            value="none"
            label={t`No data held`}
            description={t`For none of the identifiers. A full answer, with its reason and no files.`}
          />
        </div>
      </Radio.Group>
      {draft.kind === 'none' && <NoneReason draft={draft} change={change} />}
    </Panel>
  )
}

function NoneReason({ draft, change }: KindPanelProps) {
  const { t } = useLingui()
  const term = useTerm()
  return (
    <NativeSelect
      id={NONE_REASON}
      className={css.noneReason}
      label={t`Why is there no data?`}
      required
      withAsterisk={false}
      data={[
        { value: '', label: t`Choose the reason` },
        ...REASONS.NO_DATA.map((value) => ({ value, label: term('reasonCode', value) })),
      ]}
      value={draft.noneReason ?? ''}
      onChange={({ currentTarget }) => change({ noneReason: (currentTarget.value || null) as ReasonCode | null })}
    />
  )
}
