/** Writing a rule of approval, with who could fill its levels beside it while it is written. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { type FormEvent, useState } from 'react'
import { terms } from '~/i18n/index.ts'
import { ErrorSummary, problemsOf, QueryState } from '~/ui/index.ts'
import { ruleWritten } from '../audit-line.ts'
import { type Rule, routeQuery, useSaveRule } from '../queries.ts'
import { RANKS, type Rank } from '../ranks.ts'
import { emptyRule, levelsOf, MOST_LEVELS, nextRank, type RuleForm, ruleBody, ruleForm } from '../rule-form.ts'
import { AuditPreview } from './AuditPreview.tsx'
import css from './admin.module.css'
import { RouteLevels } from './RouteLevels.tsx'

const fieldId = (name: string) => `rule-${name.split('.')[0]}`

interface RuleEditorProps {
  rule: Rule | null
  /** The units that a rule can be for; null where it is one's own. */
  units: readonly { id: string; name: string }[] | null
  onClose: () => void
  onDelete: () => void
}

export function RuleEditor({ rule, units, onClose, onDelete }: RuleEditorProps) {
  const { t } = useLingui()
  const [form, setForm] = useState<RuleForm>(() => (rule ? ruleForm(rule) : emptyRule(units?.[0]?.id ?? null)))
  const save = useSaveRule(rule)
  const body = ruleBody(form)
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    save.mutate(body, {
      onSuccess: () => {
        notifications.show({ message: t`The rule is saved` })
        onClose()
      },
    })
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
      <ErrorSummary problems={problemsOf(save.error, fieldId)} />
      {units && !rule && (
        <NativeSelect
          id={fieldId('tenant_id')}
          label={t`Unit`}
          data={units.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.tenant_id ?? ''}
          onChange={(event) => setForm({ ...form, tenant_id: event.currentTarget.value })}
        />
      )}
      <Conditions form={form} setForm={setForm} />
      <Levels levels={form.levels} onChange={(levels) => setForm({ ...form, levels })} />
      <Textarea
        id={fieldId('note')}
        label={t`Why (optional)`}
        minRows={2}
        maxLength={1000}
        value={form.note}
        onChange={(event) => setForm({ ...form, note: event.currentTarget.value })}
      />
      <Consequence form={form} />
      <p className={css.dim}>
        <Trans>
          For requests sent for approval from now on. Those on their way keep the levels they were sent with.
        </Trans>
      </p>
      <AuditPreview line={ruleWritten(body, rule === null)} object={t`Approval rule`} />
      <div className={css.buttons}>
        {rule?.abilities.delete && (
          <Button variant="default" className={clsx(css.danger, css.apart)} onClick={onDelete}>
            <Trans>Delete the rule…</Trans>
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
        <Button type="submit" loading={save.isPending}>
          <Trans>Save</Trans>
        </Button>
      </div>
    </form>
  )
}

interface PartProps {
  form: RuleForm
  setForm: (form: RuleForm) => void
}

function Conditions({ form, setForm }: PartProps) {
  const { t, i18n } = useLingui()
  const choice = (
    name: 'request_type' | 'legal_mandate_type' | 'priority',
    label: string,
    any: string,
    kind: 'requestType' | 'mandateType' | 'priority',
  ) => (
    <NativeSelect
      id={fieldId(name)}
      label={label}
      data={[{ value: '', label: any }, ...terms(i18n, kind)]}
      value={form[name] ?? ''}
      onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value || null })}
    />
  )
  return (
    <>
      {choice('request_type', t`Type of request`, t`Any type`, 'requestType')}
      <div className={css.pair}>
        {choice('legal_mandate_type', t`Mandate`, t`Any mandate`, 'mandateType')}
        {choice('priority', t`Priority`, t`Any priority`, 'priority')}
      </div>
    </>
  )
}

function Levels({ levels, onChange }: { levels: readonly Rank[]; onChange: (levels: readonly Rank[]) => void }) {
  const { t } = useLingui()
  return (
    <fieldset className={css.fieldset} id={fieldId('levels')} tabIndex={-1}>
      <legend>
        <Trans>Levels of approval, one after the other</Trans>
      </legend>
      {levels.map((rank, at) => {
        const number = at + 1
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a level is its place
          <div className={css.levelEdit} key={at}>
            <NativeSelect
              label={t`Level ${number}: lowest rank`}
              data={[...RANKS]}
              value={rank}
              onChange={(event) => onChange(levels.with(at, event.currentTarget.value as Rank))}
            />
            <ActionIcon
              size={36}
              disabled={levels.length === 1}
              aria-label={t`Remove level ${number}`}
              onClick={() => onChange(levels.toSpliced(at, 1))}
            >
              <IconTrash size={18} />
            </ActionIcon>
          </div>
        )
      })}
      {levels.length < MOST_LEVELS && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...levels, nextRank(levels)])}
        >
          <Trans>Add a level</Trans>
        </Button>
      )}
    </fieldset>
  )
}

/** Who would fill the levels as they stand in the form: a rule that nobody can fill stops all such requests. */
function Consequence({ form }: { form: RuleForm }) {
  const query = useQuery({
    ...routeQuery({
      request_type: form.request_type ?? 'OTHER',
      legal_mandate_type: form.legal_mandate_type ?? null,
      priority: form.priority ?? 'NORMAL',
      levels: levelsOf(form.levels),
      ...(form.tenant_id && { tenant_id: form.tenant_id }),
    }),
    retry: false,
  })
  if (query.error) return <ErrorSummary problems={problemsOf(query.error, fieldId)} focus={false} />
  return (
    <QueryState query={query} lines={2}>
      {(route) => <RouteLevels route={route} />}
    </QueryState>
  )
}
