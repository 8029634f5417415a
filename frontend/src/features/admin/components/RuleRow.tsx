/** One rule: what it is for, and the levels it asks for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useTerm } from '~/i18n/index.ts'
import { ToneBadge } from '~/ui/index.ts'
import type { Rule } from '../queries.ts'
import css from './admin.module.css'

export function RuleRow({ rule, onEdit }: { rule: Rule; onEdit: () => void }) {
  const { t } = useLingui()
  const term = useTerm()
  const named = [
    rule.request_type && term('requestType', rule.request_type),
    rule.legal_mandate_type && term('mandateType', rule.legal_mandate_type),
    rule.priority && term('priority', rule.priority),
  ].filter(Boolean)
  const title = named.length > 0 ? named.join(' · ') : t`All other requests`
  return (
    <li className={css.row}>
      <div className={css.rowText}>
        <span className={css.rowHead}>{title}</span>
        {rule.note && <span className={css.dim}>{rule.note}</span>}
      </div>
      <ol className={css.steps} aria-label={t`Levels of approval`}>
        {rule.levels.map((level, at) => (
          <li key={level.level}>
            {at > 0 && <IconArrowRight size={14} aria-hidden />}
            <ToneBadge tone="violet">{level.min_rank}</ToneBadge>
          </li>
        ))}
      </ol>
      {rule.abilities.update && (
        <Button size="xs" variant="default" onClick={onEdit} aria-label={t`Change the rule: ${title}`}>
          <Trans>Change</Trans>
        </Button>
      )}
    </li>
  )
}
