import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ErrorSummary, problemsOf } from '~/ui/index.ts'
import { RULE_DELETED } from '../audit-line.ts'
import { type Rule, useDeleteRule } from '../queries.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'

interface DeleteRuleProps {
  rule: Rule
  onBack: () => void
  onDone: () => void
}

export function DeleteRule({ rule, onBack, onDone }: DeleteRuleProps) {
  const { t } = useLingui()
  const remove = useDeleteRule(rule)
  return (
    <div className={css.form}>
      <p className={css.text}>
        <Trans>
          What this rule named falls to the next rule that fits; without one it is one level, SHO or higher.
        </Trans>
      </p>
      <ErrorSummary problems={problemsOf(remove.error, () => undefined)} />
      <AuditPreview line={RULE_DELETED} object={t`Approval rule`} />
      <div className={css.buttons}>
        <Button variant="default" className={css.apart} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        <Button
          className={css.dangerFilled}
          loading={remove.isPending}
          onClick={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                notifications.show({ message: t`The rule is deleted` })
                onDone()
              },
            })
          }
        >
          <Trans>Delete the rule</Trans>
        </Button>
      </div>
    </div>
  )
}
