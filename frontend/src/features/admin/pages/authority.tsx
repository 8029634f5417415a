import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus, IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Dialog, EmptyState, Page, Panel, QueryState } from '~/ui/index.ts'
import css from '../components/admin.module.css'
import { DeleteRule } from '../components/DeleteRule.tsx'
import { RouteTrial } from '../components/RouteTrial.tsx'
import { RuleEditor } from '../components/RuleEditor.tsx'
import { RuleRow } from '../components/RuleRow.tsx'
import { type Rule, rulesQuery, tenantsQuery } from '../queries.ts'
import { byUnit } from '../rule-form.ts'

type Open = { rule: Rule | null; deleting: boolean }

export default function AuthorityPage() {
  const { t } = useLingui()
  const units = useUnits()
  const rules = useQuery(rulesQuery)
  const [open, setOpen] = useState<Open | null>(null)
  const add = () => setOpen({ rule: null, deleting: false })
  useKeys({ n: { run: add, label: t`Add a rule` } }, { scope: t`List` })
  return (
    <Page
      title={t`Authority rules`}
      lead={
        <Trans>
          Who must approve which requests. Of the rules that fit a request the most specific decides; each level takes
          another person.
        </Trans>
      }
      actions={
        <Button leftSection={<IconPlus size={16} />} onClick={add}>
          <Trans>Add a rule</Trans>
        </Button>
      }
    >
      <div className={css.columns}>
        <Panel flush>
          <QueryState query={rules} lines={6}>
            {(items) => (
              <Rules rules={items} named={units !== null} onEdit={(rule) => setOpen({ rule, deleting: false })} />
            )}
          </QueryState>
        </Panel>
        <RouteTrial units={units} />
      </div>
      <RuleDialog open={open} setOpen={setOpen} units={units} />
    </Page>
  )
}

/** The agencies, for the platform's administrators; null for everybody else, whose own unit is meant. */
function useUnits() {
  const platform = useMe().role === 'SUPER_ADMIN'
  const agencies = useQuery({ ...tenantsQuery({ type: 'LAW_ENFORCEMENT', is_active: true }), enabled: platform })
  return platform ? (agencies.data ?? []) : null
}

interface RulesProps {
  rules: readonly Rule[]
  named: boolean
  onEdit: (rule: Rule) => void
}

function Rules({ rules, named, onEdit }: RulesProps) {
  if (rules.length === 0) {
    return (
      <EmptyState icon={<IconStack2 size={22} stroke={1.6} />} title={<Trans>No rules yet</Trans>}>
        <Trans>Every request needs one approval, by an SHO or higher.</Trans>
      </EmptyState>
    )
  }
  return byUnit(rules).map((unit) => (
    <section key={unit.id} aria-label={unit.name}>
      {named && <h2 className={css.unit}>{unit.name}</h2>}
      <ul className={css.rows}>
        {unit.rules.map((rule) => (
          <RuleRow key={rule.id} rule={rule} onEdit={() => onEdit(rule)} />
        ))}
      </ul>
    </section>
  ))
}

interface RuleDialogProps {
  open: Open | null
  setOpen: (open: Open | null) => void
  units: readonly { id: string; name: string }[] | null
}

function RuleDialog({ open, setOpen, units }: RuleDialogProps) {
  const { t } = useLingui()
  // The rule stays while the dialog fades out.
  const [shown, setShown] = useState(open)
  if (open && open !== shown) setShown(open)
  const close = () => setOpen(null)
  const title = shown?.deleting ? t`Delete the rule` : shown?.rule ? t`Change the rule` : t`Add a rule`
  return (
    <Dialog opened={open !== null} onClose={close} title={title} size="lg">
      {shown?.deleting && shown.rule ? (
        <DeleteRule rule={shown.rule} onBack={() => setOpen({ ...shown, deleting: false })} onDone={close} />
      ) : (
        shown && (
          <RuleEditor
            key={shown.rule?.id ?? 'new'}
            rule={shown.rule}
            units={units}
            onClose={close}
            onDelete={() => setOpen({ ...shown, deleting: true })}
          />
        )
      )}
    </Dialog>
  )
}
