import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { useMe } from '~/auth/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { Page, useFirstAnswers } from '~/ui/index.ts'
import { ActivityCard } from '../components/ActivityCard.tsx'
import { Checklist } from '../components/Checklist.tsx'
import { ClockCard } from '../components/ClockCard.tsx'
import css from '../components/dashboard.module.css'
import { NeedsYou } from '../components/NeedsYou.tsx'
import { PlatformCard } from '../components/PlatformCard.tsx'
import { ProvidersCard } from '../components/ProvidersCard.tsx'
import { useGreeting } from '../components/use-greeting.ts'

export default function EnforcementPage() {
  const { t } = useLingui()
  const me = useMe()
  const navigate = useNavigate()
  const greeting = useGreeting()
  // Cards grow with what is in them: none is seen before it has its place.
  const there = useFirstAnswers()
  const platform = me.role === 'SUPER_ADMIN'
  const creates = me.permissions.includes('request:create')
  useKeys(
    { c: { run: () => void navigate({ to: '/requests/new' as string }), label: t`New request` } },
    { scope: t`Dashboard`, enabled: creates },
  )
  return (
    <Page
      title={greeting.title}
      documentTitle={t`Dashboard`}
      lead={greeting.lead}
      actions={
        creates && (
          <Button component={Link} to={'/requests/new' as string} leftSection={<IconPlus size={16} />}>
            <Trans>New request</Trans>
          </Button>
        )
      }
    >
      <Checklist />
      <div className={clsx(css.grid, !there && css.unplaced)}>
        <div className={css.column}>
          {platform ? <PlatformCard place={1} /> : <NeedsYou place={1} />}
          <ProvidersCard place={2} />
        </div>
        <div className={css.column}>
          <ClockCard place={3} />
          <ActivityCard place={4} />
        </div>
      </div>
    </Page>
  )
}
