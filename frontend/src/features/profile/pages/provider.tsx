/** A provider as officers see it: its word, its hours, whom to call, what it gives out and how it keeps its promises. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ItemCard, itemsOfProvider } from '~/features/catalog/index.ts'
import { EmptyState, Page, Panel, QueryState } from '~/ui/index.ts'
import { Confirmed } from '../components/Confirmed.tsx'
import { FiguresPanel } from '../components/Figures.tsx'
import { ContactPanel, HoursPanel, WordPanel } from '../components/PublicProfile.tsx'
import css from '../components/profile.module.css'
import type { Profile } from '../profile-form.ts'
import { profileQuery } from '../queries.ts'

export default function ProviderPage() {
  const { t } = useLingui()
  const { tenantId = '' } = useParams({ strict: false }) as { tenantId?: string }
  const query = useQuery({ ...profileQuery(tenantId), refetchInterval: 60_000 })
  if (query.data) return <Provider profile={query.data} />
  return (
    <Page title={t`Provider`}>
      <Panel>
        <QueryState query={query} lines={8}>
          {() => null}
        </QueryState>
      </Panel>
    </Page>
  )
}

function Provider({ profile }: { profile: Profile }) {
  const { id, name } = profile.provider_tenant
  return (
    <Page
      title={name}
      lead={<Confirmed profile={profile} />}
      actions={
        <Button
          component={Link}
          to="/providers"
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          <Trans>Providers</Trans>
        </Button>
      }
    >
      <div className={css.layout}>
        <div className={css.main}>
          <WordPanel profile={profile} />
          <FiguresPanel id={id} />
        </div>
        <div className={css.side}>
          <ContactPanel profile={profile} />
          <HoursPanel profile={profile} />
        </div>
      </div>
      <Offered id={id} />
    </Page>
  )
}

function Offered({ id }: { id: string }) {
  const query = useQuery(itemsOfProvider(id))
  return (
    <QueryState query={query} lines={6}>
      {({ items }) => {
        const offered = items.filter((item) => item.is_active)
        if (offered.length === 0) {
          return (
            <Panel>
              <EmptyState title={<Trans>Nothing is on offer yet</Trans>}>
                <Trans>You can still ask this provider: begin a new request without the catalog.</Trans>
              </EmptyState>
            </Panel>
          )
        }
        return (
          <Panel
            title={<Trans>What it gives out</Trans>}
            note={<Plural value={offered.length} one="# item on offer" other="# items on offer" />}
          >
            <ul className={css.items}>
              {offered.map((item) => (
                <li key={item.id}>
                  <ItemCard item={item} withoutProvider level="h3" />
                </li>
              ))}
            </ul>
          </Panel>
        )
      }}
    </QueryState>
  )
}
