import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Page } from '~/ui/index.ts'
import { RequestList } from '../components/RequestList.tsx'

export default function ListPage() {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const creates = me.permissions.includes('request:create')
  useKeys(
    { c: { run: () => void navigate({ to: '/requests/new' as string }), label: t`New request` } },
    { scope: t`Requests`, enabled: creates },
  )
  return (
    <Page
      title={t`Requests`}
      actions={
        creates && (
          <Button component={Link} to={'/requests/new' as string} leftSection={<IconPlus size={16} />}>
            <Trans>New request</Trans>
          </Button>
        )
      }
    >
      <RequestList place="request_views" label={t`Requests`} />
    </Page>
  )
}
