/** What is asked, of whom, on which ground. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMe } from '~/auth/index.ts'
import { FileRow } from '~/features/files/index.ts'
import { formatDateTime, formatNumber, formatPlainDate, useTerm } from '~/i18n/index.ts'
import { Facts, Panel, Person } from '~/ui/index.ts'
import { askedItemQuery, type LersRequest, requestQuery } from '../queries.ts'
import { answerRows } from './answers.ts'
import css from './facts.module.css'
import { Identifiers } from './Identifiers.tsx'
import { row } from './row.ts'

export function RequestFacts({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  return (
    <Panel title={t`The request`}>
      {request.identifiers ? (
        <>
          <div className={css.columns}>
            <Asked request={request} />
            <Ground request={request} />
          </div>
          <Texts request={request} />
        </>
      ) : (
        <ClosedContent request={request} />
      )}
    </Panel>
  )
}

interface FactsProps {
  request: LersRequest
  /** On paper there is nothing to press. */
  printed?: boolean
}

/** What is asked: the item, the period, the identifiers, and the answers to the item's questions. */
export function Asked({ request, printed = false }: FactsProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const me = useMe()
  const { catalog_item_id: itemId, catalog_item_version: version } = request
  const item = useQuery({ ...askedItemQuery(itemId ?? '', version ?? 1), enabled: Boolean(itemId && version) })
  const from = request.date_range_from && formatPlainDate(request.date_range_from)
  const to = request.date_range_to && formatPlainDate(request.date_range_to)
  const rows = [
    // One's own side needs no telling; on paper both stand.
    row(t`Asked of`, printed || me.tenant_id !== request.provider_tenant.id ? request.provider_tenant.name : null),
    row(t`Asked by`, printed || me.tenant_id !== request.agency_tenant.id ? request.agency_tenant.name : null),
    row(
      t`What`,
      item.data && itemId && !printed ? (
        <Anchor component={Link} to={`/catalog/${itemId}` as string} inherit>
          {item.data.name}
        </Anchor>
      ) : (
        (item.data?.name ?? term('requestType', request.request_type))
      ),
    ),
    row(t`Period`, from || to ? t`${from ?? '…'} to ${to ?? '…'}` : null),
    row(t`Identifiers`, <Identifiers request={request} />),
    ...answerRows(request.answers ?? {}, item.data?.required_fields ?? [], i18n.locale).map(({ label, value }) =>
      row(label, typeof value === 'number' ? formatNumber(value) : value),
    ),
  ]
  return <Facts rows={rows} />
}

/** The legal ground and the people. */
export function Ground({ request, printed = false }: FactsProps) {
  const { t } = useLingui()
  const term = useTerm()
  const { legal_mandate_file_id: fileId, parent_request_id: parentId } = request
  const rows = [
    row(
      t`Legal ground`,
      request.legal_mandate_type ? term('mandateType', request.legal_mandate_type) : t`Not given yet`,
    ),
    row(t`Mandate`, fileId && !printed ? <FileRow id={fileId} /> : null),
    row(t`Court order`, request.court_order_number),
    row(t`Case`, request.case_reference),
    row(t`Follows`, parentId ? <Parent id={parentId} printed={printed} /> : null),
    row(t`Made by`, <By person={request.created_by} at={request.created_at} />),
    row(t`Approved by`, request.approved_by ? <By person={request.approved_by} at={request.approved_at} /> : null),
    row(
      t`Handled by`,
      request.assigned_to ? <By person={request.assigned_to} /> : request.submitted_at && t`Nobody yet`,
    ),
  ]
  return <Facts rows={rows} />
}

function By({ person, at }: { person: LersRequest['created_by']; at?: string | null }) {
  return (
    <>
      <Person person={person} />
      {at && `, ${formatDateTime(at)}`}
    </>
  )
}

function Parent({ id, printed }: { id: string; printed: boolean }) {
  const parent = useQuery({ ...requestQuery(id), retry: false })
  // An earlier request that this reader may not see is not named.
  if (!parent.data) return null
  if (printed) return parent.data.request_number
  return (
    <Anchor component={Link} to={`/requests/${id}` as string} inherit>
      {parent.data.request_number}
    </Anchor>
  )
}

export function Texts({ request }: { request: LersRequest }) {
  if (!request.description && !request.notes) return null
  return (
    <div className={css.texts}>
      {request.description && (
        <div>
          <h3>
            <Trans>Description</Trans>
          </h3>
          <p>{request.description}</p>
        </div>
      )}
      {request.notes && (
        <div>
          <h3>
            <Trans>Notes of the unit (the provider does not see them)</Trans>
          </h3>
          <p>{request.notes}</p>
        </div>
      )}
    </div>
  )
}

/** An administrator runs the platform and does not read cases. */
function ClosedContent({ request }: { request: LersRequest }) {
  const { t } = useLingui()
  return (
    <>
      <Facts
        rows={[
          row(t`Asked of`, request.provider_tenant.name),
          row(t`Asked by`, request.agency_tenant.name),
          row(t`Made by`, <By person={request.created_by} />),
        ]}
      />
      <div className={css.texts}>
        <div className={css.closed}>
          <p>
            <Trans>
              The content of the case is not shown to administrators: neither identifiers nor the mandate, files, chat
              or responses. In an emergency it can be opened for an hour; both sides are told.
            </Trans>
          </p>
          <Button component={Link} to={'/admin/break-glass' as string} variant="default">
            <Trans>Emergency access</Trans>
          </Button>
        </div>
      </div>
    </>
  )
}
