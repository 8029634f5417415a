/** Ctrl K: jump to a request by its number or words, or to a place of the portal. */
import '@mantine/spotlight/styles.layer.css'
import { Trans, useLingui } from '@lingui/react/macro'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconFilePlus, IconFileText, IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { api, call, keys } from '~/api/index.ts'
import { useMe } from '~/auth/index.ts'
import { useTerm } from '~/i18n/index.ts'
import { StatusBadge } from '../Badges.tsx'
import css from './palette.module.css'
import type { Place, Portal } from './portal.ts'

const [store, palette] = createSpotlight()
const FOUND = 8

interface PaletteProps {
  portal: Portal
  places: readonly Place[]
  opened: boolean
  onClose: () => void
}

export default function Palette({ portal, places, opened, onClose }: PaletteProps) {
  const { t, i18n } = useLingui()
  const [query, setQuery] = useState('')
  const navigate = useNavigate()
  const me = useMe()
  useEffect(() => (opened ? palette.open() : palette.close()), [opened])
  const wanted = query.trim().toLowerCase()
  const found = places.filter((place) => i18n._(place.label).toLowerCase().includes(wanted))
  const go = (to: string) => () => void navigate({ to })
  const canCreate = me.permissions.includes('request:create')
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      lockScroll={false}
      centered={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': t`Search or jump` } }}
    >
      <Spotlight.Search
        placeholder={t`A number, a word, a place`}
        aria-label={t`Search or jump`}
        leftSection={<IconSearch size={18} stroke={1.7} />}
        classNames={{ input: css.search }}
      />
      <Spotlight.ActionsList>
        <FoundRequests query={query} onGo={(id) => void navigate({ to: `/requests/${id}` })} />
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t`Places`}>
            {found.map(({ to, label, icon: Icon }) => (
              <Item key={to} icon={<Icon size={18} stroke={1.7} />} label={i18n._(label)} onGo={go(to)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {portal.id === 'enforcement' && canCreate && wanted === '' && (
          <Spotlight.ActionsGroup label={t`Actions`}>
            <Item icon={<IconFilePlus size={18} stroke={1.7} />} label={t`New request`} onGo={go('/requests/new')} />
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function Item({
  icon,
  label,
  description,
  right,
  onGo,
}: {
  icon: ReactNode
  label: string
  description?: string
  right?: ReactNode
  onGo: () => void
}) {
  return (
    <Spotlight.Action leftSection={icon} label={label} description={description} rightSection={right} onClick={onGo} />
  )
}

function FoundRequests({ query, onGo }: { query: string; onGo: (id: string) => void }) {
  const { t } = useLingui()
  const term = useTerm()
  const words = useDelayed(query.trim(), 150)
  const search = useQuery({
    queryKey: keys.requests.list({ palette: words }),
    queryFn: ({ signal }) =>
      call(
        api.GET('/api/v1/lers/requests/', {
          params: { query: { limit: FOUND, sort: '-updated_at', ...(words ? { q: words } : {}) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  })
  const items = search.data?.items ?? []
  if (items.length === 0) {
    return words && search.isFetched ? (
      <Spotlight.Empty>
        <Trans>No request has these words.</Trans>
      </Spotlight.Empty>
    ) : null
  }
  return (
    <Spotlight.ActionsGroup label={words ? t`Requests` : t`Recent requests`}>
      {items.map((request) => (
        <Item
          key={request.id}
          icon={<IconFileText size={18} stroke={1.7} />}
          label={request.request_number}
          description={`${term('requestType', request.request_type)} · ${request.provider_tenant.name}`}
          right={<StatusBadge status={request.status} />}
          onGo={() => onGo(request.id)}
        />
      ))}
    </Spotlight.ActionsGroup>
  )
}

function useDelayed(value: string, milliseconds: number): string {
  const [delayed, setDelayed] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return delayed
}
