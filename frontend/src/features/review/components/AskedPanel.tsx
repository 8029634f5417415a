/** What was asked, short, to hold the answer against. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LersRequest } from '~/features/requests/index.ts'
import { formatPlainDate, useTerm } from '~/i18n/index.ts'
import { Facts, Panel, Person, StatusBadge, Time } from '~/ui/index.ts'
import { askedFieldsQuery, type LersResponse } from '../queries.ts'
import { requestedFields } from '../requested.ts'
import css from './review.module.css'

interface AskedPanelProps {
  response: LersResponse
  request: LersRequest
}

export function AskedPanel({ response, request }: AskedPanelProps) {
  const { t, i18n } = useLingui()
  const term = useTerm()
  const { catalog_item_id: itemId, catalog_item_version: version, date_range_from: from, date_range_to: to } = request
  const item = useQuery({ ...askedFieldsQuery(itemId ?? '', version ?? 1), enabled: Boolean(itemId && version) })
  const fields = requestedFields(item.data?.required_fields ?? [], request.answers ?? {}, i18n.locale)
  return (
    <Panel title={t`What was asked`}>
      <Facts
        rows={[
          [
            t`Request`,
            <span key="request" className={css.inlineFact}>
              <Anchor component={Link} to={`/requests/${request.id}` as string} inherit>
                {request.request_number}
              </Anchor>
              <StatusBadge status={request.status} />
            </span>,
          ],
          [t`Kind`, item.data?.name ?? term('requestType', request.request_type)],
          [
            t`Period`,
            from || to ? t`${from ? formatPlainDate(from) : '…'} to ${to ? formatPlainDate(to) : '…'}` : null,
          ],
          ...fields.map(({ label, value }) => [label, value] as const),
          [t`Case`, request.case_reference],
          [t`Due`, request.sla_due_date ? <Time key="due" at={request.sla_due_date} style="datetime" /> : null],
          [t`Sent by`, <Person key="by" person={response.submitted_by} />],
        ]}
      />
      {request.description && (
        <section className={css.words}>
          <h3>
            <Trans>Description</Trans>
          </h3>
          <p>{request.description}</p>
        </section>
      )}
    </Panel>
  )
}
