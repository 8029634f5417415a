import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatDateTime } from '~/i18n/index.ts'
import { EmptyState, Page } from '~/ui/index.ts'
import { RequestList } from '../components/RequestList.tsx'
import { forecastQuery } from '../list-queries.ts'
import { addressOf } from '../list-views.ts'

export default function InboxPage() {
  const { t } = useLingui()
  return (
    <Page title={t`Inbox`} lead={t`Requests of agencies to you. The one that has waited longest comes first.`}>
      <RequestList place="inbox_views" label={t`Inbox`} nothing={<NothingWaits />} />
    </Page>
  )
}

/** No new request: what comes due next is the thing to know. */
function NothingWaits() {
  const { data } = useQuery(forecastQuery)
  const next = data?.forecast.next_due_date
  const at = next && formatDateTime(next)
  return (
    <EmptyState
      icon={<IconInbox size={22} stroke={1.6} />}
      title={<Trans>Nothing waits to be acknowledged</Trans>}
      action={
        <Button variant="default" component={Link} to="." search={addressOf('open', 'new') as never}>
          <Trans>Show what is open</Trans>
        </Button>
      }
    >
      {at ? <Trans>The next request is due {at}.</Trans> : <Trans>No request has a due date to come.</Trans>}
    </EmptyState>
  )
}
