/** What was chosen to begin from, to be confirmed: only then a draft is made. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { placeholderLabel, placeholdersIn } from '~/domain/placeholders.ts'
import { formatDuration, useTerm } from '~/i18n/index.ts'
import { ErrorSummary, Facts, Panel, problemsOf, QueryState, StatusBadge } from '~/ui/index.ts'
import type { DraftOut } from '../draft.ts'
import {
  type Beginning,
  type CatalogItem,
  draftQuery,
  itemQuery,
  type Template,
  templateQuery,
  useBegin,
} from '../queries.ts'
import { inLanguage, readFields } from '../required-fields.ts'
import css from './wizard.module.css'

/** Make the draft, and go on in the wizard. */
export function useStart() {
  const navigate = useNavigate()
  const begin = useBegin()
  return {
    error: begin.error,
    pending: begin.isPending,
    start: (beginning: Beginning) =>
      begin.mutate(beginning, {
        onSuccess: (draft) => void navigate({ to: `/requests/${draft.id}/edit` as string }),
      }),
  }
}

interface FrameProps {
  title: ReactNode
  note?: ReactNode
  beginning: Beginning
  allowed?: boolean
  children: ReactNode
}

function Frame({ title, note, beginning, allowed = true, children }: FrameProps) {
  const { start, error, pending } = useStart()
  return (
    <Panel title={title} note={note}>
      <div className={css.fields}>
        <ErrorSummary problems={problemsOf(error, () => undefined)} />
        {children}
        {!allowed && (
          <p className={css.hint}>
            <Trans>Requests are made by investigating officers.</Trans>
          </p>
        )}
        <div className={css.buttons}>
          <Button onClick={() => start(beginning)} loading={pending} disabled={!allowed} data-autofocus>
            <Trans>Start the draft</Trans>
          </Button>
          <Button component={Link} variant="default" to="/requests/new">
            <Trans>Choose something else</Trans>
          </Button>
        </div>
      </div>
    </Panel>
  )
}

export function FromItem({ id }: { id: string }) {
  const query = useQuery(itemQuery(id))
  return <QueryState query={query}>{(item) => <Item item={item} />}</QueryState>
}

function Item({ item }: { item: CatalogItem }) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const fields = readFields(item.required_fields)
  return (
    <Frame
      title={item.name}
      note={item.provider_tenant.name}
      beginning={{ item: item.id }}
      allowed={item.abilities.request}
    >
      {item.description && <p className={css.hint}>{item.description}</p>}
      <Facts
        rows={[
          [t`Answer promised within`, formatDuration(item.sla_turnaround_hours * 3600)],
          [t`Legal mandate`, item.required_legal_mandate && term('mandateType', item.required_legal_mandate)],
          [t`Court order`, item.requires_court_order && t`Needed, with its number`],
          [t`Signed mandate`, item.requires_mandate_file ? t`As a file` : t`Not needed`],
          [t`You will be asked for`, fields.map((field) => inLanguage(field.label, i18n.locale)).join(', ')],
          [t`You get`, item.output_description ?? item.output_format],
          [t`Remarks`, item.notes_for_law_enforcement],
        ]}
      />
    </Frame>
  )
}

export function FromTemplate({ id }: { id: string }) {
  const query = useQuery(templateQuery(id))
  return <QueryState query={query}>{(template) => <Prepared template={template} />}</QueryState>
}

function Prepared({ template }: { template: Template }) {
  const { t } = useLingui()
  const term = useTerm()
  const { content } = template
  const text = (name: string) => (typeof content[name] === 'string' ? content[name] : null)
  const blanks = placeholdersIn(text('description'), text('notes'), text('case_reference'), text('court_order_number'))
  return (
    <Frame
      title={template.name}
      note={template.description}
      beginning={{ template: template.id }}
      allowed={template.abilities.use}
    >
      <Facts
        rows={[
          [
            t`Item`,
            template.catalog_item_name ?? (template.request_type && term('requestType', template.request_type)),
          ],
          [t`Provider`, template.provider_tenant?.name],
          [t`Priority`, text('priority') && term('priority', text('priority'))],
          [t`What and why`, text('description')],
          [t`Blanks to fill in`, blanks.map(placeholderLabel).join(', ')],
        ]}
      />
      <p className={css.hint}>
        {template.usage_count === 0 ? (
          <Trans>Not used yet.</Trans>
        ) : (
          <Plural value={template.usage_count} one="Used # time." other="Used # times." />
        )}
      </p>
    </Frame>
  )
}

export function FromCopy({ id }: { id: string }) {
  const query = useQuery(draftQuery(id))
  return <QueryState query={query}>{(request) => <Copied request={request} />}</QueryState>
}

function Copied({ request }: { request: DraftOut }) {
  const { t } = useLingui()
  const term = useTerm()
  const [followUp, setFollowUp] = useState(request.status === 'COMPLETED')
  const [identifiers, setIdentifiers] = useState(false)
  const count = request.identifiers?.length ?? 0
  return (
    <Frame
      title={t`Copy of ${request.request_number}`}
      note={<StatusBadge status={request.status} />}
      beginning={{ copy: { request, followUp, identifiers } }}
    >
      <Facts
        rows={[
          [t`Provider`, request.provider_tenant.name],
          [t`Kind`, term('requestType', request.request_type)],
          [t`Case reference`, request.case_reference],
          [t`What and why`, request.description],
        ]}
      />
      <p className={css.hint}>
        <Trans>The period and the mandate's file are not copied: they belong to that request alone.</Trans>
      </p>
      {count > 0 && request.abilities.read_identifiers && (
        <Checkbox
          label={<Plural value={count} one="Copy its identifier too" other="Copy its # identifiers too" />}
          description={t`Reading them is written into the audit trail.`}
          checked={identifiers}
          onChange={(event) => setIdentifiers(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={t`This follows up on that request`}
        description={t`The two are linked, and each shows the other.`}
        checked={followUp}
        onChange={(event) => setFollowUp(event.currentTarget.checked)}
      />
    </Frame>
  )
}
