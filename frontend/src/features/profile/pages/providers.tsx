/** All providers: what they give out, when they work, and how they keep their promises. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Anchor, TextInput } from '@mantine/core'
import { IconBuildingOff, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDuration, formatPercent } from '~/i18n/index.ts'
import { useKeys } from '~/ui/hotkeys.tsx'
import { EmptyState, ErrorState, Facts, Loading, Page, Panel, ToneBadge, useNow } from '~/ui/index.ts'
import { useDayHours } from '../components/Opening.tsx'
import { Certificates } from '../components/PublicProfile.tsx'
import css from '../components/profile.module.css'
import { localTime, parseHours } from '../hours.ts'
import { type Provider, providersQuery } from '../queries.ts'

const SEARCH = 'providers-search'

export default function ProvidersPage() {
  const { t } = useLingui()
  const query = useQuery(providersQuery)
  const [q, setQ] = useState('')
  useKeys(
    { '/': { run: () => document.getElementById(SEARCH)?.focus(), label: t`Search the providers` } },
    { scope: t`Providers` },
  )
  const wanted = q.trim().toLowerCase()
  const found = (query.data?.items ?? [])
    .filter(({ name, code }) => `${name} ${code}`.toLowerCase().includes(wanted))
    .sort((one, other) => one.name.localeCompare(other.name))
  return (
    <Page title={t`Providers`} lead={t`Whom you can ask: their hours, their contacts, what they give out.`}>
      <TextInput
        id={SEARCH}
        className={css.search}
        type="search"
        label={t`Search`}
        placeholder={t`Name or code`}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={q}
        autoComplete="off"
        onChange={(event) => setQ(event.currentTarget.value)}
      />
      {query.isPending && <Loading lines={5} height={56} />}
      {query.error && !query.data && (
        <Panel>
          <ErrorState error={query.error} retry={() => void query.refetch()} />
        </Panel>
      )}
      {query.data && found.length === 0 && (
        <Panel>
          <EmptyState
            icon={<IconBuildingOff size={22} stroke={1.6} />}
            title={<Trans>No provider has this name</Trans>}
          >
            <Trans>Search with fewer letters. New providers are brought in by the administrators of LERS.</Trans>
          </EmptyState>
        </Panel>
      )}
      <ul className={css.providers} aria-label={t`Providers`}>
        {found.map((provider) => (
          <li key={provider.id}>
            <Card provider={provider} />
          </li>
        ))}
      </ul>
    </Page>
  )
}

function Card({ provider }: { provider: Provider }) {
  const { t } = useLingui()
  const { overall_sla_compliance_rate: rate, avg_response_time_hours: average } = provider
  return (
    <article className={css.provider}>
      <header className={css.providerHead}>
        <h2 className={css.providerName}>
          <Link to={`/providers/${provider.id}` as string}>{provider.name}</Link>
        </h2>
        <ToneBadge tone="quiet">{provider.code}</ToneBadge>
      </header>
      <p className={css.providerText}>
        {provider.service_commitment ?? <Trans>No service commitment was given.</Trans>}
      </p>
      <Facts
        rows={[
          [t`Hours today`, <Today key="today" provider={provider} />],
          [t`Promises kept`, rate === null || rate === undefined ? t`No answer yet` : formatPercent(rate)],
          [t`Average answer`, average === null || average === undefined ? null : formatDuration(average * 3600)],
          [t`Catalog`, <Items key="items" provider={provider} />],
        ]}
      />
      <Certificates profile={provider} />
    </article>
  )
}

/** By the weekly hours: whether a holiday closes it stands on the provider's own page. */
function Today({ provider }: { provider: Provider }) {
  const now = useNow(60_000)
  const dayHours = useDayHours()
  const week = parseHours(provider.service_hours)
  return week ? dayHours(week, localTime(now, provider.time_zone).weekday) : provider.service_hours
}

function Items({ provider }: { provider: Provider }) {
  if (provider.item_count === 0) return <Trans>Nothing on offer yet</Trans>
  return (
    <Anchor component={Link} to="/catalog" search={{ provider: provider.id } as never} inherit>
      <Plural value={provider.item_count} one="# item on offer" other="# items on offer" />
    </Anchor>
  )
}
